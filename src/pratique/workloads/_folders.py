"""
Follow an engine that tells nothing, by looking which folders its state has.

A container that comes and goes between two looks is not seen here; its control group's birth tells
of it.
"""

from collections.abc import Callable, Iterable, Sequence

from pratique.formats.runtime.engine_events import EngineEvent


class FolderFollower:
    """Compare the names that ``look`` gives with those of the last time."""

    def __init__(self, look: Callable[[], Iterable[str]]) -> None:
        self._look = look
        self._seen = frozenset(look())

    def poll(self) -> Sequence[EngineEvent]:
        """Return births and deaths since the last call, sorted."""
        now = frozenset(self._look())
        if now == self._seen:
            return ()
        born = [EngineEvent(name, "appeared", True) for name in sorted(now - self._seen)]
        gone = [EngineEvent(name, "vanished", False) for name in sorted(self._seen - now)]
        self._seen = now
        return (*gone, *born)

    def close(self) -> None:
        """Do nothing: a look holds nothing open."""
