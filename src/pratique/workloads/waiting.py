"""
Remember which containers are not wholly known yet, and which groups nobody claims, and when to ask again.

Each is asked for soon, then ever more seldom, as engines write most within milliseconds and some of it
never. Bound: ``MOST_WAITING``; the oldest goes first, is counted, and stays as it is known.
"""

from collections.abc import Sequence

from msgspec import Struct

from pratique.workloads.interface import Engine

MOST_WAITING = 4_096
_FIRST_PAUSE_NS = 5_000_000
_LONGEST_PAUSE_NS = 1_000_000_000


class Awaited(Struct):
    """A container whose facts are not all known, or a group (no engine) that nobody claims yet."""

    identity: str
    engine: Engine | None
    path: str
    since_ns: int
    next_ns: int = 0
    pause_ns: int = _FIRST_PAUSE_NS

    def put_off(self, now_ns: int) -> int:
        """Say when to ask for it the next time; return for how long it has been asked for."""
        self.since_ns = self.since_ns or now_ns
        self.next_ns = now_ns + self.pause_ns
        self.pause_ns = min(self.pause_ns * 2, _LONGEST_PAUSE_NS)
        return now_ns - self.since_ns


class Waiting:
    """What is asked for again; ``evicted`` had to be forgotten early."""

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.most = most
        self.evicted = 0
        self._awaited: dict[str, Awaited] = {}

    def __len__(self) -> int:
        """Return how much it is."""
        return len(self._awaited)

    def add(self, awaited: Awaited) -> None:
        """Ask for a container or a group again, unless it is asked for already."""
        key = _key(awaited)
        if key in self._awaited:
            return
        if len(self._awaited) >= self.most:
            del self._awaited[next(iter(self._awaited))]
            self.evicted += 1
        self._awaited[key] = awaited

    def due(self, now_ns: int) -> Sequence[Awaited]:
        """Return what is to be asked for now, oldest first."""
        return [one for one in self._awaited.values() if one.next_ns <= now_ns]

    def end(self, awaited: Awaited) -> None:
        """Ask for it no more."""
        self._awaited.pop(_key(awaited), None)


def _key(awaited: Awaited) -> str:
    return awaited.identity or awaited.path
