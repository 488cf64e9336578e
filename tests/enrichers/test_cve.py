"""Add scores of a CVE without overruling the publisher."""

from pratique.enrichers.cve import enrich
from pratique.model.advisory import CveRecord
from pratique.model.finding import Finding, FindingKind
from pratique.model.severity import Score, Severity
from tests.makers.lookup import Extras, MemoryLookup

CVE = "CVE-2024-0001"
NINE = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
RECORD = CveRecord(
    id=CVE,
    scores=(NINE,),
    cwes=("CWE-79",),
    title="Title",
    description="Words",
    published="2024-01-01",
)


def enriched(record: CveRecord = RECORD, **more: object) -> Finding:
    """Return a finding after the enricher."""
    plain = Finding(id="x", kind=FindingKind.VULNERABILITY, rule=CVE, names=(CVE, "GHSA-x"), **more)  # type: ignore[arg-type]
    return enrich(plain, MemoryLookup(extras=Extras(cves=(record,))))


def test_what_is_missing_is_filled() -> None:
    """Severity with its source, score with value, CWE, words and date."""
    finding = enriched()
    assert (finding.severity, finding.severity_source) == (Severity.CRITICAL, "nvd")
    assert finding.scores[0].value == 9.8
    assert (finding.cwes, finding.title, finding.description) == (("CWE-79",), "Title", "Words")
    assert finding.published == "2024-01-01"


def test_the_publishers_grade_stays() -> None:
    """The score is kept beside it."""
    finding = enriched(severity=Severity.LOW, severity_source="ubuntu", title="Own")
    assert (finding.severity, finding.severity_source) == (Severity.LOW, "ubuntu")
    assert finding.title == "Own"
    assert finding.scores


def test_the_grade_of_an_erratum_gives_way() -> None:
    """A score of this very CVE is better than the worst of an erratum's flaws."""
    finding = enriched(severity=Severity.HIGH, severity_source="redhat (worst of an erratum)")
    assert (finding.severity, finding.severity_source) == (Severity.CRITICAL, "nvd")


def test_rejected_and_unknown_cves_add_nothing() -> None:
    """The CVE list has taken it back, or has never heard of it."""
    assert enriched(CveRecord(id=CVE, scores=(NINE,), rejected=True)).scores == ()
    assert enriched(CveRecord(id="CVE-2024-0002", scores=(NINE,))).severity is Severity.UNKNOWN
    assert enriched(CveRecord(id=CVE)).severity is Severity.UNKNOWN
