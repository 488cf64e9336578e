"""
Find where kinds may match without a set matcher: by their keywords, in pure Python.

Slow (some MB/s), and equal: see the law in ``_hyperscan``.
"""

from collections.abc import Sequence

from pratique.secrets.rule import Rule

Region = tuple[int, int, int]
"""Number of a rule, and the first and the last place in the text where a match may begin."""


class Fallback:
    """A search for the keywords of all rules."""

    NAME = "keywords"

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._places: dict[bytes, list[tuple[int, int]]] = {}
        # A rule without keywords, one of the user's own, may begin anywhere.
        self._anywhere = [number for number, rule in enumerate(rules) if not rule.kind.keywords]
        for number, rule in enumerate(rules):
            for keyword in rule.kind.keywords:
                places = self._places.setdefault(keyword.lower(), [])
                places.append((number, rule.shape.width))

    def regions(self, text: bytes) -> list[Region]:
        """Return where each rule may match, sorted by rule and place."""
        lowered = text.lower()
        found: list[Region] = [(number, 0, len(text)) for number in self._anywhere]
        for keyword, rules in self._places.items():
            at = lowered.find(keyword)
            while at >= 0:
                end = at + len(keyword)
                found += ((number, max(0, end - width), at) for number, width in rules)
                at = lowered.find(keyword, at + 1)
        found.sort()
        return found
