"""Whatever a config or a file says, checks end, tell a bounded number of things, and never fail."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.checks.image.interface import File, LayerSample, sample
from pratique.model.image import HistoryEntry
from pratique.model.sighting import SHOWN
from pratique.pipelines.check_image import check_image
from tests.makers.checked import checked, scene_of_sample

WORDS = st.lists(
    st.sampled_from(
        [
            "sh", "-c", "curl", "|", "https://a:b@c", "$X", "'", '"', "`", "$(", "/", ":", "=", "PATH=",
            "DB_PASSWORD=", "x", "-k", "sudo", "ADD", "RUN", "|1 A=b", "/bin/sh -c", "0", "-", "\n", "é",
            "\x00", "EXPOSE", "22", "chpasswd", "echo", "root:x", "%", "[", "(", "\\",
        ]
    ),
    max_size=8,
)  # fmt: skip
TEXTS = WORDS.map(" ".join) | WORDS.map("".join)
SCENE = scene_of_sample(sample())


@given(TEXTS, st.lists(TEXTS, max_size=3).map(tuple), TEXTS)
def test_any_config_is_checked(user: str, words: tuple[str, ...], line: str) -> None:
    """Each field any text."""
    config = replace(
        SCENE.config,
        user=user,
        env=words,
        entrypoint=words,
        volumes=words,
        exposed_ports=words,
        created=line,
        labels={
            "org.opencontainers.image.created": line,
            "org.opencontainers.image.licenses": user,
        },
        history=(HistoryEntry(created_by=line, created=user),),
    )
    scene = replace(SCENE, image=replace(SCENE.image, config=config, name=user))

    for finding in check_image(scene).findings:
        assert len(finding.evidence) <= SHOWN


@given(st.binary(max_size=300))
def test_any_file_is_checked(content: bytes) -> None:
    """Each file that a check reads, with any bytes."""
    file = File(content.decode("latin-1"))
    paths = (
        "etc/passwd", "etc/shadow", "etc/group", "etc/sudoers", "etc/doas.conf", "etc/crontab",
        "etc/ssh/sshd_config", "etc/ld.so.preload", "etc/apt/sources.list", "etc/yum.repos.d/x.repo",
        "entrypoint.sh",
    )  # fmt: skip
    layer: LayerSample = tuple((path, file) for path in paths)

    assert checked(sample(layer, entrypoint=("/entrypoint.sh",), user="app")).unknowns == ()


def test_many_of_a_kind_are_few_findings() -> None:
    """Thousands of setuid files or deleted settings do not make thousands of findings."""
    many: LayerSample = tuple((f"opt/{n}/.env", File("A=b", 0o4777)) for n in range(300))
    found = checked(sample(many, ((".wh.opt", ""),))).findings

    assert len(found) < 100
    assert any("more" in one.description for one in found)


def test_what_was_cut_is_said() -> None:
    """A history over the bound is a coverage unknown, and what stands before it is checked."""
    history = tuple(HistoryEntry(created_by="RUN sudo x;" + "a;" * 30_000) for _ in range(20))
    scene = scene_of_sample(sample())
    config = replace(scene.config, history=history)
    found = check_image(replace(scene, image=replace(scene.image, config=config)))

    assert [one.location for one in found.unknowns] == ["config: history"]
