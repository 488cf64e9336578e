"""
Grade a finding and gather the scores.

Law: the publisher's own grade first (for the package, then for the record), then CVSS of a record
about this flaw, then CVSS of an erratum, which is that of its worst flaw and is marked so. What
nobody graded stays unknown. All scores are kept.
"""

from collections.abc import Iterable, Sequence

from pratique.formats.cvss import best, in_order
from pratique.matchers._publishers import publisher_of
from pratique.matchers._queries import Claim
from pratique.model.severity import Score, Severity

ERRATUM_MARK = " (worst of an erratum)"
"""Ends ``severity_source`` where the grade may be another flaw's; an exact score replaces it."""


def scores_of(standing: Iterable[Claim]) -> tuple[Score, ...]:
    """Return all scores of the records, each once, sorted."""
    return in_order(score for claim in standing for score in claim.candidate.advisory.scores)


def grade(standing: Sequence[Claim], flaw: str) -> tuple[Severity, str]:
    """Return the severity and whose grade it is; empty where nobody graded."""
    for claim in standing:
        vendor = _vendor_grade(claim)
        if vendor is not Severity.UNKNOWN:
            advisory, ecosystem = claim.candidate.advisory, claim.query.ecosystem
            return vendor, publisher_of(advisory, ecosystem, flaw)[0]
    exact = [claim for claim in standing if claim.flaws.single]
    for claims, mark in ((exact, ""), (standing, ERRATUM_MARK)):
        score = best(scores_of(claims))
        if score is not None:
            return score.severity, score.source + mark
    return Severity.UNKNOWN, ""


def _vendor_grade(claim: Claim) -> Severity:
    own = claim.candidate.affected.severity
    if own is not None and own is not Severity.UNKNOWN:
        return own
    # Debian grades per package: the record's grade may be that of another package.
    if claim.query.ecosystem.startswith("Debian"):
        return Severity.UNKNOWN
    return claim.candidate.advisory.severity
