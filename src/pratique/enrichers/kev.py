"""
Add what CISA's catalogue of known exploited vulnerabilities says of a finding.

Source: https://www.cisa.gov/known-exploited-vulnerabilities-catalog.
"""

from msgspec.structs import replace

from pratique.model.advisory import AdvisoryLookup
from pratique.model.finding import Finding

NAME = "kev"
ORDER = 20


def enrich(finding: Finding, lookup: AdvisoryLookup) -> Finding:
    """Return the finding with the entry of the first of its names that the catalogue has."""
    for name in finding.names:
        if name.startswith("CVE-") and (entry := lookup.exploited(name)) is not None:
            return replace(finding, exploited=entry)
    return finding
