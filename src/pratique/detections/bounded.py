"""
Remember a bounded number of things: what was not used for longest goes first, and is counted.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """
    A table of at most ``most`` rows; ``evicted`` counts those that had to go.

    >>> table: Bounded[str, int] = Bounded(2)
    >>> [table.put(name, number) for number, name in enumerate("abac")]
    [None, None, None, 1]
    >>> table.get("b"), table.get("a"), len(table), table.evicted
    (None, 2, 2, 1)
    """

    def __init__(self, most: int) -> None:
        self._rows: OrderedDict[Key, Value] = OrderedDict()
        self._most = most
        self.evicted = 0

    def get(self, key: Key) -> Value | None:
        """Return a row and count it as used."""
        value = self._rows.get(key)
        if value is not None:
            self._rows.move_to_end(key)
        return value

    def put(self, key: Key, value: Value) -> Value | None:
        """Keep a row; return the one that had to go for it, if one had."""
        self._rows[key] = value
        self._rows.move_to_end(key)
        return self.evict() if len(self._rows) > self._most else None

    def evict(self) -> Value:
        """Let the least used row go, and count it."""
        self.evicted += 1
        return self._rows.popitem(last=False)[1]

    def drop_while(self, is_old: Callable[[Value], bool]) -> Iterator[Value]:
        """Take out and yield the least used rows as long as they are old; they are not counted."""
        while self._rows and is_old(next(iter(self._rows.values()))):
            yield self._rows.popitem(last=False)[1]

    def pop(self, key: Key) -> Value | None:
        """Take a row out."""
        return self._rows.pop(key, None)

    def values(self) -> list[Value]:
        """Return the rows, the least used first."""
        return list(self._rows.values())

    def items(self) -> list[tuple[Key, Value]]:
        """Return the keys and rows, the least used first."""
        return list(self._rows.items())

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._rows)
