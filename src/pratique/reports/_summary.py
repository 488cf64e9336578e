"""
Count what a subject's findings amount to: the figures that every report shows.

Law: a finding counts when nothing suppresses it and it is no end-of-life notice; a finding of
unknown severity is counted as unknown, not as low. A subject is *complete* when nothing about it
was left unread and every ecosystem that was asked about has advisory data; only then may a report
say that nothing was found.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding, FindingKind, Part
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Severity

Coverage = Literal["complete", "incomplete", "nothing to check", "not checked"]


class Counts(Struct, frozen=True, kw_only=True):
    """How many of the findings that count have each severity."""

    critical: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0
    negligible: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        """Return the sum."""
        return sum(getattr(self, name) for name in self.__struct_fields__)


class Summary(Struct, frozen=True, kw_only=True):
    """
    The figures of one subject.

    ``fixable`` findings have a version that ends them and that everybody gets, ``fixable_paid``
    ones a version that only the customers of an offer get (which ``offers`` names); ``exploited``
    ones are known to be used by attackers; ``suppressed`` ones are not in ``severities``.
    ``coverage`` says whether "nothing found" may be said at all. ``kinds`` holds how many of the
    findings that count are of each kind, ``parts`` their severities by part of the image (``base``,
    ``app``, empty where nobody knows); ``hidden`` ones stand in a file that a later layer hides.
    """

    packages: int
    findings: int
    severities: Counts
    fixable: int
    fixable_paid: int = 0
    offers: tuple[str, ...] = ()
    exploited: int
    suppressed: int
    end_of_life: bool
    coverage: Coverage
    kinds: dict[str, int] = {}
    parts: dict[str, Counts] = {}
    hidden: int = 0


def summarise(subject: Subject, report: Report) -> Summary:
    """Return the figures of one subject of a report."""
    live = counted(subject)
    return Summary(
        packages=len(subject.packages),
        findings=len(live),
        severities=count(live),
        fixable=sum(1 for finding in live if finding.fix.version and not finding.fix.offer),
        fixable_paid=sum(1 for finding in live if finding.fix.version and finding.fix.offer),
        offers=tuple(sorted({finding.fix.offer for finding in live} - {""})),
        exploited=sum(1 for finding in live if finding.exploited),
        suppressed=sum(1 for finding in subject.findings if finding.suppressed),
        end_of_life=any(f.kind is FindingKind.END_OF_LIFE for f in subject.findings),
        coverage=_coverage(subject, report),
        kinds=_kinds(live),
        parts=_parts(live),
        hidden=sum(1 for finding in live if finding.hidden_by),
    )


def counted(subject: Subject) -> tuple[Finding, ...]:
    """Return the findings that count, in the order of the report (worst first)."""
    return tuple(
        finding
        for finding in subject.findings
        if not finding.suppressed and finding.kind is not FindingKind.END_OF_LIFE
    )


def count(findings: Iterable[Finding]) -> Counts:
    """Return how many findings have each severity."""
    tally = dict.fromkeys(Severity, 0)
    for finding in findings:
        tally[finding.severity] += 1
    return Counts(**{severity.value: number for severity, number in tally.items()})


def of_kinds(findings: Iterable[Finding], *kinds: FindingKind) -> tuple[Finding, ...]:
    """Return the findings of the given kinds, in their order."""
    return tuple(finding for finding in findings if finding.kind in kinds)


def without_data(data: Iterable[DataStatus]) -> tuple[DataStatus, ...]:
    """Return the ecosystems that were asked about and have no advisory data."""
    return tuple(status for status in data if not status.present)


def _kinds(live: Iterable[Finding]) -> dict[str, int]:
    tally = Counter(finding.kind for finding in live)
    return {kind.value: tally[kind] for kind in FindingKind if tally[kind]}


def _parts(live: Iterable[Finding]) -> dict[str, Counts]:
    """Return the severities by part; empty where no finding's part is known."""
    sorted_out: dict[Part, list[Finding]] = {}
    for finding in live:
        sorted_out.setdefault(finding.part, []).append(finding)
    if not sorted_out.keys() - {Part.UNKNOWN}:
        return {}
    return {part.value: count(sorted_out[part]) for part in Part if part in sorted_out}


def _coverage(subject: Subject, report: Report) -> Coverage:
    if subject.unknowns or without_data(report.data):
        return "incomplete"
    if subject.kind is SubjectKind.FILE:
        return "complete"  # its checks need no data
    if not subject.packages:
        return "nothing to check"
    if not report.scanned:
        return "not checked"
    return "complete" if report.data else "incomplete"
