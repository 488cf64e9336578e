"""Groups of the Arch tracker become advisories, one statement per package."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given

from pratique.formats.feeds.arch_tracker import advisories
from pratique.model.advisory import Advisory, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.feed_samples import as_json
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.tracker_samples import arch_group


def read(**more: object) -> Advisory:
    (found,) = advisories(io.BytesIO(as_json([arch_group(**more)])), "arch")
    return found


@pytest.mark.parametrize(
    ("status", "fixed", "state", "ranges"),
    [
        ("Fixed", "3.1-1", FixState.FIXED, (Range(fixed="3.1-1"),)),
        ("Testing", "3.1-1", FixState.NOT_FIXED, (Range(fixed="3.1-1"),)),
        ("Vulnerable", None, FixState.NOT_FIXED, (Range(),)),
        ("Not affected", None, FixState.NOT_AFFECTED, ()),
        ("Not affected", "3.1-1", FixState.NOT_AFFECTED, ()),
        ("Unknown", None, FixState.UNDER_INVESTIGATION, (Range(),)),
        ("Unheard", None, FixState.UNKNOWN, (Range(),)),
    ],
)
def test_states(status: str, fixed: str | None, state: FixState, ranges: tuple[Range, ...]) -> None:
    """Each status means one fix state; where it was noted bounds nothing."""
    for statement in read(status=status, fixed=fixed).affected:
        assert (statement.ecosystem, statement.state) == ("Arch Linux", state)
        assert statement.ranges == ranges


def test_a_group() -> None:
    """All packages and CVEs of the group, its grade and its pages."""
    found = read()

    assert [s.name for s in found.affected] == ["openssl", "lib32-openssl"]
    assert (found.upstream, found.severity) == (("CVE-2026-1001", "CVE-2026-1002"), Severity.HIGH)
    assert found.references == (
        "https://security.archlinux.org/AVG-1",
        "https://security.archlinux.org/ASA-202601-1",
    )


def test_what_is_no_list_of_groups_is_refused() -> None:
    """Another shape is an error."""
    for content in (b"{}", b"[{}]", b'[{"name": 1}]'):
        with pytest.raises(FormatError):
            list(advisories(io.BytesIO(content), "x"))


@given(mutated(as_json([arch_group(), arch_group("AVG-2")])))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(io.BytesIO(c), "x"), content)


def test_the_mirror(shared: Path) -> None:
    """All 2,507 groups are read, with the CVEs that the JSON names."""
    content = (shared / "mirror/archlinux/issues/all.json").read_bytes()
    found = list(advisories(io.BytesIO(content), "arch"))
    plain = json.loads(content)

    assert len(found) == 2507
    assert [(a.id, list(a.upstream)) for a in found] == [(g["name"], g["issues"]) for g in plain]
