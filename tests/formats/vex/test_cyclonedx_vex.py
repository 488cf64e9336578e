"""Read the analyses of CycloneDX documents."""

import pytest

from pratique.formats.vex.cyclonedx_vex import read_cyclonedx_vex
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatus
from tests.formats.vex.samples import FLAW, PURL, analysis, cyclonedx


def test_an_analysis_is_read_whole() -> None:
    """By the component it refers to."""
    said = {**analysis(), "references": [{"id": "GHSA-x"}]}
    document = read_cyclonedx_vex(cyclonedx(said), "a.json")
    (one,) = document.statements
    assert (document.format, document.problems) == ("CycloneDX 1.5", ())
    assert one.names == (FLAW, "GHSA-x")
    assert one.products == (VexProduct(purls=(f"{PURL}@1.2-1",)),)
    assert (one.justification, one.detail) == ("vulnerable_code_not_present", "Left out.")
    assert (one.timestamp, one.version, one.author, one.document) == (
        "2024-02-01T00:00:00Z",
        "2",
        "Example Security",
        "urn:uuid:1",
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("resolved", VexStatus.FIXED),
        ("resolved_with_pedigree", VexStatus.FIXED),
        ("exploitable", VexStatus.AFFECTED),
        ("in_triage", VexStatus.UNDER_INVESTIGATION),
        ("false_positive", VexStatus.NOT_AFFECTED),
        ("not_affected", VexStatus.NOT_AFFECTED),
    ],
)
def test_states_are_translated(state: str, status: VexStatus) -> None:
    """All six of CycloneDX."""
    (one,) = read_cyclonedx_vex(cyclonedx(analysis(state)), "a").statements
    assert one.status is status


def test_what_says_nothing_makes_no_statement() -> None:
    """No analysis, or one with a remark only."""
    silent = ({"id": FLAW, "affects": [{"ref": "o"}]}, analysis(""))
    assert read_cyclonedx_vex(cyclonedx(*silent), "a").statements == ()


def test_references_lead_to_the_document_to_a_link_or_nowhere() -> None:
    """A BOM-Link whose end is a package URL, a bare one, the subject itself, a dead end."""
    link = "urn:cdx:1/1#pkg%3Adeb%2Fdebian%2Fzlib%401.3"
    said = analysis("not_affected", link, PURL, "root", "lost")
    document = read_cyclonedx_vex(cyclonedx(said), "a")
    assert document.statements[0].products == (
        VexProduct(purls=("pkg:deb/debian/zlib@1.3",)),
        VexProduct(purls=(PURL,)),
        VexProduct(whole=True),
    )
    assert "'lost'" in document.problems[0]


def test_versions_limit_what_is_affected() -> None:
    """Single ones are read, ranges are told."""
    said = analysis()
    said["affects"] = [{"ref": PURL, "versions": [{"version": "1.2-1"}, {"range": "vers:deb/<2"}]}]
    document = read_cyclonedx_vex(cyclonedx(said), "a")
    assert document.statements[0].products == (VexProduct(purls=(f"{PURL}@1.2-1",)),)
    assert "range" in document.problems[0]


def test_an_unknown_state_is_told() -> None:
    """And suppresses nothing."""
    document = read_cyclonedx_vex(cyclonedx(analysis("fine")), "a")
    assert (document.statements, len(document.problems)) == ((), 1)


def test_other_json_is_refused() -> None:
    """No bomFormat."""
    with pytest.raises(FormatError):
        read_cyclonedx_vex(b"{}", "a")
