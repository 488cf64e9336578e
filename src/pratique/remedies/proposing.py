"""
Ask every remedy for its changes.
"""

from pratique.kit import registry
from pratique.remedies.interface import Change, Situation


def propose_all(situation: Situation) -> tuple[Change, ...]:
    """Return the changes of all remedies, sorted by remedy and what they do."""
    found: list[Change] = []
    for _, unit in sorted(registry.load("remedies").items()):
        found += unit.propose(situation)
    return tuple(sorted(found, key=lambda one: (one.remedy, one.what)))
