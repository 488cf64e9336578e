"""Mark what is known to be exploited."""

from pratique.enrichers.kev import enrich
from pratique.model.advisory import Exploited
from pratique.model.finding import Finding, FindingKind
from tests.makers.lookup import Extras, MemoryLookup


def test_any_cve_of_the_finding_counts() -> None:
    """The second name is in the catalogue; other findings stay as they are."""
    entry = Exploited(added="2024-01-01", due="2024-01-22", ransomware=True)
    lookup = MemoryLookup(extras=Extras(exploited={"CVE-2024-0002": entry}))
    names = ("CVE-2024-0001", "GHSA-x", "CVE-2024-0002")
    finding = Finding(id="x", kind=FindingKind.VULNERABILITY, rule=names[0], names=names)
    assert enrich(finding, lookup).exploited == entry
    other = Finding(id="y", kind=FindingKind.SECRET, rule="secret")
    assert enrich(other, lookup) == other
