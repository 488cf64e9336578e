"""
Decide whether a scan passes a severity threshold (``--fail-on``).

Law: a finding at or above the threshold fails, whatever else is unknown. Otherwise anything that
could hide such a finding (an unreadable layer or package database, a finding nobody graded, no
package that was compared at all: `unchecked`) makes the outcome undecided, never a pass. Data that lack
for some of the packages only are said and leave a pass; `gate` weighs them. Without a threshold only
blocking Unknowns count.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from itertools import chain, repeat

from msgspec import Struct

from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Subject
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown, Weight

GRADED = frozenset(FindingKind) - {FindingKind.END_OF_LIFE}
"""What ``--fail-on`` counts: whatever was looked for and has a grade."""


class Outcome(StrEnum):
    """How the decision came out."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    UNDECIDED = "undecided"


class Decision(Struct, frozen=True, kw_only=True):
    """An outcome and the reasons for it, most important first."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()


def decide(
    findings: Iterable[Finding],
    unknowns: Collection[Unknown],
    threshold: Severity | None,
    unchecked: str = "",
) -> Decision:
    """
    Return the outcome for one subject; ``unchecked`` says why none of its packages was compared.

    Findings that are suppressed do not count; end of life is shown but not graded. A pass that
    holds only for what was looked at has that as its reason.

    >>> decide([], [], Severity.HIGH).outcome
    <Outcome.PASS: 'pass'>
    """
    counted = [f for f in findings if not f.suppressed and f.kind in GRADED]
    doubts = [
        f"{unknown.location}: {unknown.reason}"
        for unknown in unknowns
        if unknown.weight is Weight.BLOCKING
    ]
    if threshold is not None:
        over = [f for f in counted if f.severity.rank >= threshold.rank]
        if over:
            return Decision(outcome=Outcome.FAIL, reasons=(_over(len(over), threshold),))
        ungraded = sum(1 for f in counted if f.severity is Severity.UNKNOWN)
        if ungraded:
            doubts.append(_ungraded(ungraded))
        doubts += [unchecked] if unchecked else []
    if doubts:
        return Decision(outcome=Outcome.UNDECIDED, reasons=tuple(doubts))
    return Decision(outcome=Outcome.PASS, reasons=_gaps(unknowns))


def answer(
    subjects: Iterable[Subject], threshold: Severity | None, unchecked: Sequence[str] = ()
) -> tuple[str, tuple[str, ...]]:
    """
    Return the outcome of a whole report and the reasons: the gravest of its subjects.

    ``unchecked`` says of each subject why nothing of it was compared; without it all were.

    A bare scan that met nothing in the way has no outcome: "pass" answers ``--fail-on`` only and
    must not sound like a clearance.
    """
    reasons = chain(unchecked, repeat(""))
    decisions = [
        decide(one.findings, one.unknowns, threshold, why)
        for one, why in zip(subjects, reasons, strict=False)
    ]
    gravest = max(decisions, key=_gravity, default=_NOTHING)
    if gravest.outcome is Outcome.PASS and threshold is None:
        return "", ()
    return str(gravest.outcome), gravest.reasons


def _gravity(decision: Decision) -> tuple[int, bool]:
    return _GRAVITY[decision.outcome], bool(decision.reasons)


_GRAVITY = {Outcome.PASS: 0, Outcome.UNDECIDED: 1, Outcome.FAIL: 2}
_NOTHING = Decision(outcome=Outcome.PASS)


def _gaps(unknowns: Collection[Unknown]) -> tuple[str, ...]:
    if not unknowns:
        return ()
    things = "1 thing was" if len(unknowns) == 1 else f"{len(unknowns)} things were"
    return (f"{things} not looked at",)


def _ungraded(count: int) -> str:
    return f"{count} finding{' has' if count == 1 else 's have'} no known severity"


def _over(count: int, threshold: Severity) -> str:
    noun = "finding" if count == 1 else "findings"
    return f"{count} {noun} of severity {threshold} or higher"
