"""
Leave out flaws that no version fixes yet (``--only-fixed``).

Law: only published flaws are left out. Malware, tampering and the end of a release have no version
that ends them either, but something can be done about each, so they always stay. A fix that only
the customers of an offer get is a fix; the finding names the offer.
"""

from collections.abc import Iterable, Iterator

from pratique.model.finding import Finding, FindingKind


def only_fixed(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings less the published flaws without a fixed version."""
    for finding in findings:
        if finding.fix.version or finding.kind is not FindingKind.VULNERABILITY:
            yield finding
