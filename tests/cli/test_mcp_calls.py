"""What an assistant asks for becomes a command that reads below one folder and writes nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.cli import mcp_calls
from pratique.cli.mcp_calls import Answer, Reach, shown
from pratique.model.errors import UsageError


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    """Return a root with a file, a folder, and a link that leads out."""
    root = tmp_path / "root"
    (root / "app").mkdir(parents=True)
    (root / "Dockerfile").write_text("FROM a\n")
    (root / "image.tar").write_text("")
    (tmp_path / "secret").write_text("x")
    (root / "out").symlink_to(tmp_path / "secret")
    return Reach(root=root)


def test_references_go_to_the_registry_by_name(reach: Reach) -> None:
    """A prefix keeps them from being read as a file that appears later."""
    assert reach.target("alpine:3.20") == "registry:alpine:3.20"
    assert reach.target("registry:alpine") == "registry:alpine"
    assert reach.target("docker:app:1") == "docker:app:1"


def test_files_are_named_in_full(reach: Reach) -> None:
    root = reach.root
    assert reach.target("dir:app") == f"dir:{root}/app"
    assert (
        reach.target("docker-archive:image.tar:app:1") == f"docker-archive:{root}/image.tar:app:1"
    )
    assert reach.target("image.tar") == f"{root}/image.tar"
    assert reach.path("Dockerfile") == f"{root}/Dockerfile"
    assert reach.policy("strict") == "strict"


@pytest.mark.parametrize(
    "target",
    [
        "dir:..",
        "dir:/etc",
        "/etc/passwd",
        "../secret",
        "out",
        "sbom:out",
        "oci:app/../..",
        "dir:absent",
        "-",
        "--vex=/etc/passwd",
        "",
        "a\nb",
        "x" * 5000,
    ],
)
def test_nothing_outside_the_root_is_read(reach: Reach, target: str) -> None:
    with pytest.raises(UsageError):
        reach.target(target)


@given(st.text(min_size=1, max_size=40))
def test_no_text_becomes_an_option_or_a_path_outside(text: str) -> None:
    """Whatever is asked for, the target is a reference, or lies below the root."""
    root = Path("/usr/share/doc")
    try:
        target = Reach(root=root).target(text)
    except UsageError:
        return
    prefix, _, rest = target.partition(":")
    assert not target.startswith("-")
    assert prefix in ("registry", "docker", "podman", "containerd") or str(root) in (
        rest[: len(str(root))],
        target[: len(str(root))],
    )


def test_without_the_network_no_registry_is_asked(reach: Reach) -> None:
    offline = Reach(root=reach.root, offline=True)
    with pytest.raises(UsageError, match="would be fetched"):
        offline.target("alpine:3.20")

    assert "--offline" in mcp_calls.scan(offline, "dir:app", "secret", "")
    assert "--offline" in mcp_calls.gate(offline, "dir:app", "baseline")
    assert "--offline" in mcp_calls.fix(offline, "dir:app", "")


def test_no_command_writes(reach: Reach) -> None:
    """A fix of files is a patch, and that of an image is shown."""
    linted = mcp_calls.lint(reach, ["."], pedantic=True, diff="safe")
    fixed = mcp_calls.fix(reach, "dir:app", "Dockerfile")

    assert "--diff" in linted
    assert not {"--write", "--store", "--write-baseline"} & {*linted, *fixed}
    with pytest.raises(UsageError):
        mcp_calls.lint(reach, ["."], pedantic=False, diff="all")


@pytest.mark.parametrize("value", ["-x", "--policy=/etc/passwd", "", "a\x00"])
def test_no_argument_is_an_option(reach: Reach, value: str) -> None:
    with pytest.raises(UsageError):
        mcp_calls.scan(reach, "dir:app", value or "-", "")
    with pytest.raises(UsageError):
        mcp_calls.gate(reach, "dir:app", value)
    with pytest.raises(UsageError):
        mcp_calls.explain(value)
    with pytest.raises(UsageError):
        mcp_calls.lint(reach, [value], pedantic=False, diff="")


def test_the_exit_code_comes_first_with_its_meaning() -> None:
    assert str(Answer(exit_code=3, text="x")).startswith("exit code 3 (undecided")
    assert "ended by a signal" in str(Answer(exit_code=-9, text=""))


def test_a_long_answer_is_cut_and_says_so() -> None:
    text = shown(b"line\n" * 100_000)

    assert len(text) < 61_000
    assert text.endswith("… cut: ask for less\n")
    assert shown(b"") == ""
