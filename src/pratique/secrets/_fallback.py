"""
Find where kinds may match without a set matcher: by their keywords, in pure Python.

Slow (some MB/s), and equal: see the law in ``_hyperscan``.
"""

from collections.abc import Iterator, Sequence

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
            for low, high in _runs(lowered, keyword, max(width for _, width in rules)):
                found += ((number, max(low, 0), high) for number, _ in rules)
        found.sort()
        return found


def _runs(text: bytes, keyword: bytes, width: int) -> Iterator[tuple[int, int]]:
    """Yield where a match of a width may begin that has the keyword in it; what overlaps is one."""
    reach = len(keyword) - width
    at = text.find(keyword)
    low, high = at + reach, at
    while at >= 0:
        if at + reach > high + 1:
            yield low, high
            low = at + reach
        high = at
        at = text.find(keyword, at + 1)
    if high >= 0:
        yield low, high
