"""
Plan what is asked first when many rules are judged at once: what several have in common, around them.

Law: a rule stands in exactly one step, and holds where the terms of that step and of all steps around
it do. Steps are nested at most ``MAX_NESTED`` deep, far below what Python's compiler takes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from pratique.detections.rules.folding import Term
from pratique.detections.rules.weighing import Weights

MAX_NESTED = 12
_DECIDES = 0.3
"""How likely a shared part has to fail to be asked around all its rules; else the paths come first."""


class Pending:
    """A rule by its number, and the terms by theirs that are still to be asked for it."""

    __slots__ = ("number", "terms")

    def __init__(self, number: int, terms: Mapping[int, Term]) -> None:
        self.number = number
        self.terms = terms

    def without(self, term: Term) -> "Pending":
        """Return it with one term asked."""
        return Pending(self.number, {n: t for n, t in self.terms.items() if n != term.number})


class Step:
    """One ``if``: what is asked, the rule that then holds, or the steps inside."""

    __slots__ = ("inside", "number", "terms")

    def __init__(
        self, terms: Sequence[Term], number: int | None, inside: "Sequence[Step]" = ()
    ) -> None:
        self.terms = terms
        self.number = number
        self.inside = inside


def planned(rules: Sequence[Pending], weights: Weights, depth: int = 0) -> list[Step]:
    """Return the steps that judge some rules, ``depth`` steps deep already."""
    steps: list[Step] = []
    rest = list(rules)
    while rest:
        shared = _most_shared(rest, weights) if depth < MAX_NESTED else None
        if shared is None:
            steps += [Step(weights.ordered(rule.terms.values()), rule.number) for rule in rest]
            break
        inside = [rule.without(shared) for rule in rest if shared.number in rule.terms]
        steps.append(Step([shared], None, planned(inside, weights, depth + 1)))
        rest = [rule for rule in rest if shared.number not in rule.terms]
    return steps


def _most_shared(rules: Sequence[Pending], weights: Weights) -> Term | None:
    """Return the term that is best asked once around all the rules that have it, None where none is."""
    counts = Counter(number for rule in rules for number in rule.terms)
    terms = {number: term for rule in rules for number, term in rule.terms.items()}
    several = [one for one in terms.values() if counts[one.number] > 1]
    decide = [one for one in several if weights.fails(one) >= _DECIDES]
    return max(
        decide, key=lambda one: (weights.worth(one, counts[one.number]), -one.number), default=None
    )
