"""
Run every enricher over the findings, in the order they ask for.

Law: as many findings come out as went in, in the same order.
"""

from collections.abc import Iterable

from pratique.enrichers import cve, epss, kev
from pratique.enrichers.interface import Enricher
from pratique.model.advisory import AdvisoryLookup
from pratique.model.finding import Finding

UNITS: tuple[Enricher, ...] = tuple(sorted((cve, epss, kev), key=lambda unit: unit.ORDER))


def enrich_all(
    findings: Iterable[Finding], lookup: AdvisoryLookup, more: Iterable[Enricher] = ()
) -> tuple[Finding, ...]:
    """Return the findings with what every enricher, and ``more`` of third parties, knows added."""
    units = sorted((*UNITS, *more), key=lambda unit: unit.ORDER)
    enriched = []
    for finding in findings:
        for unit in units:
            finding = unit.enrich(finding, lookup)
        enriched.append(finding)
    return tuple(enriched)
