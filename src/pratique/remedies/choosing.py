"""
Choose the smallest set of changes: again and again the one that removes most of the risk left.

A change that would break more than is allowed, that contradicts one already chosen or that adds
nothing is left, with the reason. At the end what others have made needless is dropped.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from pratique.formats.edits import overlap
from pratique.model.finding import Finding
from pratique.model.severity import Severity
from pratique.remedies.interface import Breaks, Change

_WEIGHT = {
    Severity.CRITICAL: 10.0,
    Severity.HIGH: 6.0,
    Severity.MEDIUM: 3.0,
    Severity.LOW: 1.0,
    Severity.NEGLIGIBLE: 0.3,
    Severity.UNKNOWN: 2.0,
}


class Left(Struct, frozen=True):
    """A change that was not chosen, and why."""

    change: Change
    reason: str


class Choice(Struct, frozen=True):
    """The chosen changes, the one that removes most risk first, and those that were left."""

    taken: tuple[Change, ...]
    left: tuple[Left, ...]


def risk(findings: Iterable[Finding]) -> float:
    """Return how much findings weigh together: by severity, more where exploited or likely to be."""
    total = 0.0
    for one in findings:
        total += _WEIGHT[one.severity] * (2.0 if one.exploited else 1.0)
        total += 5.0 * one.epss.probability if one.epss else 0.0
    return total


def choose(changes: Sequence[Change], findings: Iterable[Finding], most: Breaks) -> Choice:
    """Return the smallest set of changes that break at most ``most``."""
    weights = {one.id: risk([one]) for one in findings}
    taken: list[Change] = []
    open_ids = set(weights)
    possible = [one for one in changes if one.breaks.rank <= most.rank]
    while possible:
        best = max(possible, key=lambda one: _worth(one, open_ids, weights))
        if _gain(best, open_ids, weights) <= 0:
            break
        taken.append(best)
        open_ids -= set(best.clears)
        possible = [one for one in possible if one is not best and not _against(one, taken)]
    kept = [one for one in taken if _is_needed(one, taken)]
    left = [Left(one, _reason(one, kept, most)) for one in changes if one not in kept]
    return Choice(tuple(kept), tuple(left))


def _worth(
    change: Change, open_ids: set[str], weights: Mapping[str, float]
) -> tuple[float, int, bool, str]:
    gain = _gain(change, open_ids, weights)
    return gain, -change.breaks.rank, bool(change.edits), change.what


def _gain(change: Change, open_ids: set[str], weights: Mapping[str, float]) -> float:
    gained = sum(weights.get(one, 0.0) for one in set(change.clears) & open_ids)
    # What comes new weighs like something medium: nobody has looked at it yet.
    return gained - change.introduces * _WEIGHT[Severity.MEDIUM]


def _against(change: Change, taken: Iterable[Change]) -> bool:
    return any(
        (change.choice and change.choice == other.choice) or overlap(change.edits, other.edits)
        for other in taken
    )


def _is_needed(change: Change, taken: Sequence[Change]) -> bool:
    others = {one for other in taken if other is not change for one in other.clears}
    return not set(change.clears) <= others or _first_of_equals(change, taken)


def _first_of_equals(change: Change, taken: Sequence[Change]) -> bool:
    """Keep one of several that clear the same: the first, unless an earlier one covers it."""
    earlier = taken[: taken.index(change)]
    covered = {one for other in earlier for one in other.clears}
    return not set(change.clears) <= covered


def _reason(change: Change, taken: Sequence[Change], most: Breaks) -> str:
    if change.breaks.rank > most.rank:
        return f"it may break more than a {most} change"
    if _against(change, taken):
        return "another change stands in its place"
    if not change.clears:
        return "it clears nothing"
    return "what it clears is cleared already"
