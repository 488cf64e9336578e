"""
Say what differs between two baselines.
"""

from enum import StrEnum

from msgspec import Struct

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.knowing import Known, words
from pratique.model.baseline import Baseline


class Change(StrEnum):
    """Which side holds it."""

    ADDED = "added"
    REMOVED = "removed"


class Difference(Struct, frozen=True, order=True):
    """One value that the other baseline does not hold; ``distance`` as in ``knowing``."""

    kind: str
    change: str
    value: str
    distance: float = 1.0


def differences(old: Baseline, new: Baseline) -> tuple[Difference, ...]:
    """
    Return what the new one holds beyond the old one, and the other way round; sorted.

    A pattern that stands for a value holds it: that is no difference.
    """
    return tuple(sorted((*_beyond(old, new, Change.ADDED), *_beyond(new, old, Change.REMOVED))))


def _beyond(known: Baseline, other: Baseline, change: Change) -> list[Difference]:
    lookup = Known(known)
    found = []
    for kind in Kind:
        for value in getattr(other, kind.value):
            outside = lookup.outside(Fact(kind, value))
            if outside is not None:
                found.append(Difference(kind.value, change, words(value), outside.distance))
    return found
