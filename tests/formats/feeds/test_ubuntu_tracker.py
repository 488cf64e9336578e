"""A file of the Ubuntu CVE Tracker becomes statements per ecosystem and source package."""

from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.feed_archive import archive_files
from pratique.formats.feeds.ubuntu_tracker import advisory
from pratique.formats.packed import unpacked
from pratique.model.advisory import Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.tracker_samples import ubuntu

CVE = "CVE-2026-1001"


def read(*statuses: str, **more: str) -> tuple[Affected, ...]:
    return advisory(ubuntu(CVE, statuses, **more), "x").affected


@pytest.mark.parametrize(
    ("status", "state", "ranges"),
    [
        ("released (3.0.2-0ubuntu1.9)", FixState.FIXED, (Range(fixed="3.0.2-0ubuntu1.9"),)),
        ("released (1:1.2~rc1+dfsg-1)", FixState.FIXED, (Range(fixed="1:1.2~rc1+dfsg-1"),)),
        ("released (None)", FixState.FIXED, ()),
        ("released", FixState.FIXED, ()),
        ("needed", FixState.NOT_FIXED, (Range(),)),
        ("pending (3.0.2-0ubuntu2)", FixState.NOT_FIXED, (Range(),)),
        ("active", FixState.NOT_FIXED, (Range(),)),
        ("deferred (2026-01-02)", FixState.DEFERRED, (Range(),)),
        ("needs-triage", FixState.UNDER_INVESTIGATION, (Range(),)),
        ("not-affected (code not present)", FixState.NOT_AFFECTED, ()),
        ("not-affected (3.0.2-0ubuntu1)", FixState.NOT_AFFECTED, ()),
        ("ignored (changes too intrusive)", FixState.WILL_NOT_FIX, (Range(),)),
        ("ignored", FixState.WILL_NOT_FIX, (Range(),)),
        ("ignored (end of life, was needed)", FixState.END_OF_LIFE, (Range(),)),
        ("ignored (end of standard support)", FixState.END_OF_LIFE, (Range(),)),
        ("ignored (was not-affected [config] ESM criteria)", FixState.NOT_AFFECTED, ()),
    ],
)
def test_states(status: str, state: FixState, ranges: tuple[Range, ...]) -> None:
    """Each status means one fix state; what has no fix is affected in every version."""
    (statement,) = read(f"jammy_openssl: {status}")

    assert (statement.ecosystem, statement.name) == ("Ubuntu:22.04:LTS", "openssl")
    assert (statement.state, statement.ranges) == (state, ranges)


def test_lines_that_say_nothing() -> None:
    """No such package, upstream, the release in development and snaps are no statements."""
    assert not read(
        "jammy_openssl: DNE",
        "upstream_openssl: released (3.1)",
        "devel_openssl: needed",
        "snap_openssl: released (9)",
        "focal_openssl: unheard-of",
    )


def test_a_pro_product_that_took_over_a_fix() -> None:
    """In Pro, "not affected" with a version means fixed at that version; older ones are not."""
    (statement,) = read("esm-infra/bionic_openssl: not-affected (1.1.1-1ubuntu2.1)")

    assert (statement.ecosystem, statement.state) == ("Ubuntu:Pro:18.04:LTS", FixState.FIXED)
    assert statement.ranges == (Range(fixed="1.1.1-1ubuntu2.1"),)


def test_the_more_definite_of_two_entries_counts() -> None:
    """Old and new name of one product give one statement."""
    (statement,) = read(
        "trusty/esm_openssl: needed", "esm-infra-legacy/trusty_openssl: released (1.0-1+esm1)"
    )

    assert statement.state is FixState.FIXED


def test_kernels_are_packages_like_others() -> None:
    """Names with digits, dots and dashes are told from the release."""
    (statement,) = read("focal_linux-hwe-5.15: released (5.15.0-69.76~20.04.1)")

    assert statement.name == "linux-hwe-5.15"


def test_priorities_of_packages_and_releases() -> None:
    """A package's own priority overrides that of the CVE, a release's that of the package."""
    content = ubuntu(
        CVE,
        [
            "jammy_openssl: needed",
            "focal_openssl: needed",
            "focal_edk2: needed",
            "trusty/esm_openssl: needed",
        ],
        "Priority_openssl: low",
        " only with an option",
        "Priority_openssl_focal: negligible",
        "Priority_openssl_trusty/esm: high",
    )
    found = advisory(content, "x")

    assert found.severity is Severity.MEDIUM
    grades = {(s.name, s.ecosystem): s.severity for s in found.affected}
    assert grades == {
        ("openssl", "Ubuntu:22.04:LTS"): Severity.LOW,
        ("openssl", "Ubuntu:20.04:LTS"): Severity.NEGLIGIBLE,
        ("openssl", "Ubuntu:Pro:14.04:LTS"): Severity.HIGH,
        ("edk2", "Ubuntu:20.04:LTS"): None,
    }


def test_the_rest_of_the_file() -> None:
    """Text, dates, links and scores come across; an untriaged priority is no grade."""
    found = advisory(ubuntu(CVE, [], priority="untriaged"), "x")

    assert found.description == "A flaw that lets an attacker\n do things."
    assert found.published == "2026-01-02T03:04:00Z"
    assert found.references[0] == f"https://ubuntu.com/security/{CVE}"
    assert [(score.source, score.value) for score in found.scores] == [("nvd", 9.8)]
    assert found.severity is Severity.UNKNOWN


@pytest.mark.parametrize("content", [b"", b"Candidate: CVE-2026-XXXX\n", b"\xff" * 50])
def test_a_file_without_a_cve_is_refused(content: bytes) -> None:
    """Boilerplate and other text are errors."""
    with pytest.raises(FormatError):
        advisory(content, "x")


@given(mutated(ubuntu(CVE, ["jammy_openssl: released (1.2-3)", "focal_x: ignored (end of life)"])))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisory(c, "x"), content)


def test_files_of_the_mirror(shared: Path) -> None:
    """The first 800 real files agree with a plain reading line by line."""
    place = shared / "mirror/ubuntu-cve-tracker/ubuntu-cve-tracker-master.tar.xz"
    with place.open("rb") as body:
        files = archive_files(unpacked(body, 1 << 30), lambda name: True, 1 << 22)
        for _, (name, content) in zip(range(800), files, strict=False):
            found = advisory(content, "x")

            assert found.id == name.rpartition("/")[2]
            assert_agrees(found.affected, content.decode())


def assert_agrees(affected: tuple[Affected, ...], text: str) -> None:
    """Compare focal and jammy with the lines of the file, split in the plainest way."""
    states = {(s.ecosystem, s.name): s for s in affected}
    for line in text.splitlines():
        for codename, ecosystem in (("focal", "Ubuntu:20.04:LTS"), ("jammy", "Ubuntu:22.04:LTS")):
            if not line.startswith(f"{codename}_"):
                continue
            package, _, said = line[len(codename) + 1 :].partition(": ")
            statement = states.get((ecosystem, package))
            if said.startswith("DNE"):
                assert statement is None
                continue
            assert statement is not None, line
            if said.startswith("released (") and said[10].isdigit():
                assert statement.ranges == (Range(fixed=said[10:].rstrip(")")),), line
            assert (statement.state is FixState.NOT_FIXED) == said.startswith(("needed", "pending"))
