"""
Follow a log file by reading what is added to it, through its rotation.

Law: what stood in the log before is not told again; a log that became shorter or another file is
read from its beginning; one look reads a bounded number of bytes, the rest waits.
"""

from collections.abc import Callable, Sequence

from pratique.formats.runtime.engine_events import MOST_LINE, EngineEvent
from pratique.workloads.interface import HostView

_MOST_READ = 1 << 20


class LogFollower:
    """Read the new lines of a log through ``read``, which gives None for what is no event."""

    def __init__(
        self, host: HostView, path: str, read: Callable[[bytes], EngineEvent | None]
    ) -> None:
        self._host = host
        self._path = path
        self._understand = read
        self._inode = host.inode(path)
        self._offset = max(host.size(path), 0)
        self._rest = b""

    def poll(self) -> Sequence[EngineEvent]:
        """Return the events of the lines that were added."""
        inode = self._host.inode(self._path)
        size = self._host.size(self._path)
        if inode != self._inode or size < self._offset:
            self._inode, self._offset, self._rest = inode, 0, b""
        if size <= self._offset:
            return ()
        with self._host.opened(self._path) as read:
            added = read(self._offset, _MOST_READ) if read else b""
        self._offset += len(added)
        *lines, self._rest = (self._rest + added).split(b"\n")
        if len(self._rest) > MOST_LINE:
            self._rest = b""
        return tuple(event for line in lines if (event := self._understand(line)))

    def close(self) -> None:
        """Do nothing: the log is opened for each look."""
