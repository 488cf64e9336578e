"""Compare two orders on one pair."""

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import strategies as st

from pratique.formats.versions.order import Key

NUMBERS = st.lists(st.integers(0, 12), min_size=3, max_size=3).map(
    lambda numbers: ".".join(map(str, numbers))
)
"""Three numbers, dotted."""


def agree(a: Key, b: Key, left: object, right: object) -> None:
    """Assert that both sides order their pair alike."""
    assert (a < b, a == b) == (left < right, left == right)  # type: ignore[operator]


def rises(keys: Iterable[Key]) -> bool:
    """Return whether each key is before the next."""
    return all(a < b for a, b in pairwise(keys))
