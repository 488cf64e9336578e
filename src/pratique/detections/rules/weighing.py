"""
Estimate what it costs to ask a part of a condition, and how likely it fails: what to ask first.

The figures are rough, for attribute accesses as the unit, and decide about speed alone: an order that
is estimated badly gives the same answers later.
"""

from collections.abc import Callable, Iterable
from math import prod

from pratique.detections.rules.fields.field import Kind, Many
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.remembering import OfProcess
from pratique.formats.falco.syntax import Check, FieldRef, Text

_LIKELY = {"!=": 0.1, "exists": 0.2, "<": 0.5, "<=": 0.5, ">": 0.5, ">=": 0.5}
_LIKELY_AT_0 = _LIKELY | {"<": 0.95, ">=": 0.05}
"""Below 0 are failures alone."""
_SURE = 0.95
"""No more is said of what has parts: they often go together."""
CHEAP = 2.5
"""The cost up to which asking again is as fast as remembering."""
_REMEMBERED = 0.8
_COSTS = {"regex": 12.0, "glob": 8.0, "iglob": 8.0, "pmatch": 4.0, "icontains": 3.0}


class Weights:
    """What the terms of one folder weigh, of which ``own`` tells those that are remembered."""

    def __init__(self, folder: Folder, own: OfProcess) -> None:
        self._folder = folder
        self._own = own
        self._costs: dict[int, float] = {}
        self._whole_costs: dict[int, float] = {}
        self._failing: dict[int, float] = {}

    def ordered(self, terms: Iterable[Term]) -> list[Term]:
        """Return terms so that what is cheap and likely to fail comes first."""
        return sorted(terms, key=lambda term: (self.cost(term) / self.fails(term), term.number))

    def worth(self, term: Term, count: int) -> float:
        """Return how much is won by asking it before ``count`` rules: those it spares, for what it costs."""
        return float(count * self.fails(term) / self.cost(term) ** 0.5)

    def fails(self, term: Term) -> float:
        """Return how likely a term does not hold."""
        if term.number not in self._failing:
            self._failing[term.number] = self._fails(term)
        return self._failing[term.number]

    def remembers(self, term: Term) -> bool:
        """Return whether the answer to a term is remembered for each process: where that is cheaper."""
        return self._own.answers(term) and self._whole_cost(term) > CHEAP

    def cost(self, term: Term) -> float:
        """Return what asking a term costs."""
        if term.number not in self._costs:
            self._costs[term.number] = (
                _REMEMBERED if self.remembers(term) else self._asked(term, self.cost)
            )
        return self._costs[term.number]

    def _fails(self, term: Term) -> float:
        if term.check is not None:
            likely = _LIKELY_AT_0 if _is_zero(term.check.right) else _LIKELY
            return likely.get(term.check.operator, 0.9)
        if term.word == "not":
            return 1.05 - self.fails(term.parts[0])
        parts = [self.fails(part) for part in term.parts]
        if term.word == "or":
            return max(prod(parts), 1 - _SURE)
        return min(1 - prod(1 - part for part in parts), _SURE)

    def _whole_cost(self, term: Term) -> float:
        """Return what asking a term costs where nothing of it is remembered."""
        if term.number not in self._whole_costs:
            self._whole_costs[term.number] = self._asked(term, self._whole_cost)
        return self._whole_costs[term.number]

    def _asked(self, term: Term, each: Callable[[Term], float]) -> float:
        if term.check is not None:
            return self._check_cost(term.check)
        # The later parts of "and" and "or" are not always asked.
        return sum(map(each, term.parts)) * (1.0 if term.word == "not" else 0.7)

    def _check_cost(self, check: Check) -> float:
        cost = _COSTS.get(check.operator, 1.0)
        if not isinstance(check.left, FieldRef):
            return cost + 8.0
        field, source, _ = self._folder.source(check.left)
        called = source is not None and source.call is not None and not source.text
        return cost + 3.0 * called + 4.0 * (field.many is not Many.ONE or field.kind is Kind.NET)


def _is_zero(constant: object) -> bool:
    return isinstance(constant, Text) and constant.value == "0"
