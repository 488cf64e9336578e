"""
Add FIRST's estimate of how likely a finding's CVE is to be exploited within 30 days.

Source: https://www.first.org/epss/. The highest of the finding's CVEs counts.
"""

from msgspec.structs import replace

from pratique.model.advisory import AdvisoryLookup
from pratique.model.finding import Finding

NAME = "epss"
ORDER = 30


def enrich(finding: Finding, lookup: AdvisoryLookup) -> Finding:
    """Return the finding with the estimate."""
    found = [lookup.epss(name) for name in finding.names if name.startswith("CVE-")]
    known = [epss for epss in found if epss is not None]
    if not known:
        return finding
    return replace(finding, epss=max(known, key=lambda epss: (epss.probability, epss.date)))
