"""Follow an engine's log of events, as a view of the node shows it."""

from collections.abc import Callable, Sequence

from pratique.formats.runtime.engine_events import MOST_LINE, EngineEvent
from pratique.kit.tail import Tail
from pratique.workloads.interface import HostView


class LogFollower:
    """Read the new lines of a log through ``read``, which gives None for what is no event."""

    def __init__(
        self, host: HostView, path: str, read: Callable[[bytes], EngineEvent | None]
    ) -> None:
        self._tail = Tail(_View(host), path)
        self._understand = read

    def poll(self) -> Sequence[EngineEvent]:
        """Return the events of the lines that were added."""
        lines = self._tail.lines(MOST_LINE)
        return tuple(event for line in lines if (event := self._understand(line)))

    def close(self) -> None:
        """Do nothing: the log is opened for each look."""


class _View:
    """Read a log through a view of the node."""

    def __init__(self, host: HostView) -> None:
        self.mark = host.mark
        self._opened = host.opened

    def read_at(self, path: str, offset: int, size: int) -> bytes:
        with self._opened(path) as read:
            return read(offset, size) if read else b""
