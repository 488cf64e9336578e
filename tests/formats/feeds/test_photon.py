"""Photon's entries become statements per release and package."""

import io

import pytest
from hypothesis import given

from pratique.formats.feeds.photon import advisories, fixes
from pratique.model.advisory import Affected, FixState, Range
from pratique.model.errors import FormatError
from tests.makers.mutations import mutated, only_format_errors
from tests.makers.tracker_samples import photon

CVE = "CVE-2026-1001"


def read(content: bytes, release: str = "5.0") -> tuple[Affected, ...]:
    (found,) = advisories(fixes(io.BytesIO(content), release), "photon")
    return found.affected


def test_states() -> None:
    """A version is a fix, "NA" is none yet, "Not Affected" never was."""
    fixed, unfixed = photon((CVE, "curl", "8.1-1.ph5")), photon((CVE, "curl", "NA"))
    never = photon((CVE, "curl", "NA"), status="Not Affected")

    found = [read(content)[0] for content in (fixed, unfixed, never)]

    assert [(s.state, s.ranges) for s in found] == [
        (FixState.FIXED, (Range(fixed="8.1-1.ph5"),)),
        (FixState.NOT_FIXED, (Range(),)),
        (FixState.NOT_AFFECTED, ()),
    ]
    assert found[0].ecosystem == "Photon OS:5.0"


def test_a_fix_outweighs_an_entry_without_one() -> None:
    """Two entries on one package are one statement."""
    (found,) = read(photon((CVE, "curl", "NA"), (CVE, "curl", "8.1-1.ph5")))

    assert (found.state, found.ranges) == (FixState.FIXED, (Range(fixed="8.1-1.ph5"),))


def test_one_cve_of_several_releases() -> None:
    """All releases together make one advisory, with the highest score."""
    content = photon((CVE, "curl", "8.1-1"))
    entries = [*fixes(io.BytesIO(content), "4.0"), *fixes(io.BytesIO(content), "5.0")]

    (found,) = advisories(entries, "photon")

    assert [s.ecosystem for s in found.affected] == ["Photon OS:4.0", "Photon OS:5.0"]
    assert (found.scores[0].value, found.severity) == (7.5, "high")


def test_another_shape_is_refused() -> None:
    """What is no list of entries is an error."""
    for content in (b"{}", b"[{}]", b"[{"):
        with pytest.raises(FormatError):
            list(fixes(io.BytesIO(content), "5.0"))


@given(mutated(photon((CVE, "curl", "1-1"), (CVE, "zlib", "NA"))))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: advisories(fixes(io.BytesIO(c), "5.0"), "x"), content)
