"""
Add what score feeds (NVD, the CVE list, Vulnrichment) say of a finding's CVE.

Law: they fill what the publisher left empty and never overrule its own grade; the one exception is
a grade taken from the CVSS of an erratum, which may be another flaw's: a score of this very CVE
replaces it. All scores are kept.
"""

from msgspec.structs import replace

from pratique.formats.cvss import best, in_order
from pratique.model.advisory import AdvisoryLookup, CveRecord
from pratique.model.finding import Finding
from pratique.model.severity import Severity

NAME = "cve"
ORDER = 10
_ERRATUM = "(worst of an erratum)"


def enrich(finding: Finding, lookup: AdvisoryLookup) -> Finding:
    """Return the finding with scores, CWEs, words and dates of its CVEs added."""
    for name in finding.names:
        record = lookup.cve(name) if name.startswith("CVE-") else None
        if record is not None and not record.rejected:
            finding = _with(finding, record)
    return finding


def _with(finding: Finding, record: CveRecord) -> Finding:
    severity, source = finding.severity, finding.severity_source
    score = best(in_order(record.scores))
    if score is not None and (severity is Severity.UNKNOWN or source.endswith(_ERRATUM)):
        severity, source = score.severity, score.source
    return replace(
        finding,
        scores=in_order((*finding.scores, *record.scores)),
        severity=severity,
        severity_source=source,
        cwes=tuple(sorted({*finding.cwes, *record.cwes})),
        title=finding.title or record.title,
        description=finding.description or record.description,
        published=finding.published or record.published,
    )
