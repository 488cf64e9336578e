"""
Find what a set of packages leads to.
"""

from collections.abc import Callable, Iterable


def reached(roots: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """
    Return the roots and all that they need, directly or not; each is looked at once.

    >>> sorted(reached(["a"], {"a": ["b"], "b": ["a"], "c": []}.__getitem__))
    ['a', 'b']
    """
    waiting = list(roots)
    seen = set(waiting)
    while waiting:
        for need in needs(waiting.pop()):
            if need not in seen:
                seen.add(need)
                waiting.append(need)
    return seen
