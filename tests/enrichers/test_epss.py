"""Add the estimate of exploitation."""

from pratique.enrichers.epss import enrich
from pratique.model.advisory import Epss
from pratique.model.finding import Finding, FindingKind
from tests.makers.lookup import Extras, MemoryLookup


def test_the_highest_of_the_findings_cves_counts() -> None:
    """Two names, two estimates."""
    low, high = Epss(probability=0.1, percentile=0.5), Epss(probability=0.9)
    lookup = MemoryLookup(extras=Extras(epss={"CVE-2024-0001": low, "CVE-2024-0002": high}))
    names = ("CVE-2024-0001", "CVE-2024-0002")
    finding = Finding(id="x", kind=FindingKind.VULNERABILITY, rule=names[0], names=names)
    assert enrich(finding, lookup).epss == high
    other = Finding(id="y", kind=FindingKind.VULNERABILITY, rule="z", names=("CVE-2024-0003",))
    assert enrich(other, lookup) == other
