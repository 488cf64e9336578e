"""
Estimate what it costs to ask a part of a condition, and how likely it fails: what to ask first.

The figures are rough, for attribute accesses as the unit, and decide about speed alone: an order that
is estimated badly gives the same answers later.
"""

from collections.abc import Iterable

from pratique.detections.rules.fields.field import Kind, Many
from pratique.detections.rules.folding import Folder, Term
from pratique.formats.falco.syntax import Check, FieldRef

_LIKELY = {"!=": 0.1, "exists": 0.2, "<": 0.5, "<=": 0.5, ">": 0.5, ">=": 0.5}
_COSTS = {"regex": 12.0, "glob": 8.0, "iglob": 8.0, "pmatch": 4.0, "icontains": 3.0}


class Weights:
    """What the terms of one folder weigh."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._costs: dict[int, float] = {}

    def ordered(self, terms: Iterable[Term]) -> list[Term]:
        """Return terms so that what is cheap and likely to fail comes first."""
        return sorted(terms, key=lambda term: (self.cost(term) / self.fails(term), term.number))

    def worth(self, term: Term, count: int) -> float:
        """Return how much is won by asking it before ``count`` rules: those it spares, for what it costs."""
        return float(count * self.fails(term) / self.cost(term) ** 0.5)

    def fails(self, term: Term) -> float:
        """Return how likely a term does not hold."""
        if term.check is not None:
            return _LIKELY.get(term.check.operator, 0.9)
        if term.word == "not":
            return 1.05 - self.fails(term.parts[0])
        return 0.7 if term.word == "or" else 0.95

    def cost(self, term: Term) -> float:
        """Return what asking a term costs."""
        if term.number not in self._costs:
            if term.check is None:
                # The later parts of "and" and "or" are not always asked.
                cost = sum(map(self.cost, term.parts)) * (1.0 if term.word == "not" else 0.7)
            else:
                cost = self._check_cost(term.check)
            self._costs[term.number] = cost
        return self._costs[term.number]

    def _check_cost(self, check: Check) -> float:
        cost = _COSTS.get(check.operator, 1.0)
        if not isinstance(check.left, FieldRef):
            return cost + 8.0
        field, source, _ = self._folder.source(check.left)
        called = source is not None and source.call is not None and not source.text
        return cost + 3.0 * called + 4.0 * (field.many is not Many.ONE or field.kind is Kind.NET)
