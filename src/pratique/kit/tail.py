"""
Follow a log file by reading what is added to it, through its rotation.

Law: what stood in the log before is not told again; a log that became shorter or another file is
read from its beginning; one look reads a bounded number of bytes, the rest waits; a line longer than
``most_line`` is passed over. Nothing stays open between two looks.
"""

import os
import stat
from typing import NamedTuple, Protocol

_MOST_READ = 1 << 20
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


class Mark(NamedTuple):
    """What tells a file from another one, and from itself later: of one moment."""

    inode: int = 0
    size: int = -1
    written_ns: int = 0

    @classmethod
    def of(cls, path: str) -> "Mark":
        """
        Return the mark of a file as it is now, the one of none where it cannot be looked at.

        >>> Mark.of("/none")
        Mark(inode=0, size=-1, written_ns=0)
        """
        try:
            found = os.stat(path)  # noqa: PTH116 - a few times a second
        except (OSError, ValueError):
            return cls()
        return cls(found.st_ino, found.st_size, found.st_mtime_ns)


class Looked(Protocol):
    """Where a log is read: the machine's own files, or those of a view of it."""

    def mark(self, path: str) -> Mark:
        """Return the mark of a file, ``Mark()`` where there is none."""

    def read_at(self, path: str, offset: int, size: int) -> bytes:
        """Return up to so many bytes, none where it cannot be read."""


class Files:
    """The machine's own files below ``root``."""

    def __init__(self, root: str = "/") -> None:
        self._root = root.rstrip("/")

    def mark(self, path: str) -> Mark:
        """Return the mark of a file, ``Mark()`` where there is none."""
        return Mark.of(self._root + path)

    def read_at(self, path: str, offset: int, size: int) -> bytes:
        """Return up to so many bytes of a regular file, none where it cannot be read."""
        try:
            fd = os.open(self._root + path, _READ)
        except OSError:
            return b""
        try:
            return _read_at(fd, offset, size) if stat.S_ISREG(os.fstat(fd).st_mode) else b""
        except OSError:
            return b""
        finally:
            os.close(fd)

    def names(self, path: str, most: int = 10_000) -> tuple[str, ...]:
        """Return the names in a folder, sorted, at most ``most``."""
        try:
            with os.scandir(self._root + path) as entries:
                return tuple(sorted(one.name for one, _ in zip(entries, range(most), strict=False)))
        except OSError:
            return ()


class Tail:
    """
    What is added to one file.

    ``from_start`` tells what stands there already too.
    """

    def __init__(self, files: Looked, path: str, *, from_start: bool = False) -> None:
        self._files = files
        self._path = path
        mark = files.mark(path)
        self._inode = mark.inode
        self._offset = 0 if from_start else max(mark.size, 0)
        self._rest = b""

    def added(self) -> bytes:
        """Return the bytes that were added since the last look."""
        inode, size, _ = self._files.mark(self._path)
        if inode != self._inode or size < self._offset:
            self._inode, self._offset, self._rest = inode, 0, b""
        if size <= self._offset:
            return b""
        found = self._files.read_at(self._path, self._offset, _MOST_READ)
        self._offset += len(found)
        return found

    def lines(self, most_line: int) -> list[bytes]:
        """Return the whole lines that were added since the last look."""
        added = self.added()
        *whole, rest = (self._rest + added).split(b"\n")
        self._rest = rest if len(rest) <= most_line else b""
        return [line for line in whole if len(line) <= most_line]

    def records(self, size: int) -> list[bytes]:
        """Return the whole records of ``size`` bytes that were added since the last look."""
        added = self.added()
        content = self._rest + added
        whole = len(content) // size * size
        self._rest = content[whole:]
        return [content[start : start + size] for start in range(0, whole, size)]


def _read_at(fd: int, offset: int, size: int) -> bytes:
    """Return up to so many bytes: one call gives no more than a page of a file of ``/proc``."""
    parts: list[bytes] = []
    while size and (part := os.pread(fd, size, offset)):
        parts.append(part)
        offset, size = offset + len(part), size - len(part)
    return b"".join(parts)
