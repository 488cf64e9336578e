"""Debian's statuses become fix states, per release and source package."""

import pytest
from hypothesis import given

from pratique.formats.feeds.debian_tracker import advisories
from pratique.model.advisory import Advisory, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.feed_samples import Json
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.tracker_samples import debian, debian_status


def read(releases: dict[str, Json], flaw: str = "CVE-2026-1001") -> Advisory:
    (found,) = advisories(debian({"openssl": {flaw: releases}}), "debian-tracker")
    return found


@pytest.mark.parametrize(
    ("status", "state", "ranges"),
    [
        (debian_status("resolved", fixed_version="3.0-1"), FixState.FIXED, (Range(fixed="3.0-1"),)),
        (debian_status("resolved", fixed_version="0"), FixState.NOT_AFFECTED, ()),
        (debian_status("open"), FixState.NOT_FIXED, (Range(),)),
        (
            debian_status("open", nodsa="Minor issue", nodsa_reason=""),
            FixState.NOT_FIXED,
            (Range(),),
        ),
        (
            debian_status("open", nodsa="Minor", nodsa_reason="postponed"),
            FixState.DEFERRED,
            (Range(),),
        ),
        (
            debian_status("open", nodsa="Minor", nodsa_reason="ignored"),
            FixState.WILL_NOT_FIX,
            (Range(),),
        ),
        (debian_status("open", "end-of-life"), FixState.END_OF_LIFE, (Range(),)),
        (debian_status("undetermined"), FixState.UNDER_INVESTIGATION, (Range(),)),
        (debian_status("something new"), FixState.UNKNOWN, (Range(),)),
    ],
)
def test_states(status: Json, state: FixState, ranges: tuple[Range, ...]) -> None:
    """Each status means one fix state; what has no fix is affected in every version."""
    (statement,) = read({"bookworm": status}).affected

    assert (statement.state, statement.ranges) == (state, ranges)


@pytest.mark.parametrize(
    ("codename", "ecosystem"),
    [
        ("bullseye", "Debian:11"),
        ("bookworm", "Debian:12"),
        ("trixie", "Debian:13"),
        ("forky", "Debian:14"),
        ("sid", "Debian:sid"),
        ("zurg", "Debian:zurg"),
    ],
)
def test_releases(codename: str, ecosystem: str) -> None:
    """Code names become numbers; an unknown one is kept, so that its data are not lost."""
    assert read({codename: debian_status()}).affected[0].ecosystem == ecosystem


def test_grades_differ_by_release() -> None:
    """Each statement has its own grade; the advisory has the highest and every word."""
    found = read(
        {
            "bookworm": debian_status(urgency="unimportant"),
            "sid": debian_status(urgency="medium**"),
            "trixie": debian_status(),
        }
    )

    grades = [statement.severity for statement in found.affected]
    assert grades == [Severity.NEGLIGIBLE, Severity.MEDIUM, None]
    assert found.severity is Severity.MEDIUM
    words = [score.vector for score in found.scores]
    assert words == ["unimportant", "medium**", "not yet assigned"]


def test_the_reason_is_said() -> None:
    """Urgency and the word on a DSA can be read in the note."""
    status = debian_status("open", "low", nodsa="Minor issue", nodsa_reason="postponed")

    assert read({"sid": status}).affected[0].note == "urgency: low; no DSA, postponed: Minor issue"


def test_one_flaw_in_two_packages_is_one_advisory() -> None:
    """The file is by package; advisories are by flaw, sorted."""
    content = debian(
        {
            "zlib": {"CVE-2026-1002": {"sid": debian_status()}},
            "openssl": {
                "CVE-2026-1002": {"sid": debian_status()},
                "CVE-2026-1001": {"sid": debian_status()},
            },
        }
    )

    found = [(a.id, [s.name for s in a.affected]) for a in advisories(content, "x")]

    assert found == [("CVE-2026-1001", ["openssl"]), ("CVE-2026-1002", ["zlib", "openssl"])]


def test_flaws_without_a_cve() -> None:
    """A temporary name is kept and claims no CVE."""
    found = read({"sid": debian_status()}, "TEMP-1012345-ABCDEF")

    assert (found.id, found.upstream) == ("TEMP-1012345-ABCDEF", ())
    assert "https://bugs.debian.org/1012345" in found.references


def test_text_of_another_shape_is_refused() -> None:
    """What is not the tracker's JSON is an error, not an empty list."""
    for content in (b"", b"[]", b'{"p": []}', b'{"p": {"CVE-2026-1": {"releases": []}}}'):
        with pytest.raises(FormatError):
            list(advisories(content, "x"))


@given(mutated(debian({"p": {"CVE-2026-1001": {"sid": debian_status("open", nodsa="x")}}})))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(c, "x"), content)
