"""
Bind fanotify: a group of marks on file systems, and the events that come of them.

Marks are on whole file systems, so that mounts in any namespace are covered; they keep nothing from
being unmounted. Source: fanotify_init(2), fanotify_mark(2), open_by_handle_at(2).
"""

import ctypes as c
import errno
import os
import sys
from collections.abc import Iterator
from enum import IntFlag

from pratique.formats.fanotify import FileEvent, Place, read_events
from pratique.model.errors import FormatError

_AT_FDCWD = -100
_ADD, _REMOVE, _FILE_SYSTEM = 0x1, 0x2, 0x100
_READ_BYTES = 1 << 16
_MOST_READS = 64
_ORDER = sys.byteorder
_libc = c.CDLL(None, use_errno=True)


class Kind(IntFlag):
    """What a group reports; the values are the kernel's ``FAN_*`` flags."""

    ALWAYS = 0x1 | 0x2
    """Closed at exec, never waiting."""
    PIDFD = 0x80
    NAMES = 0x400 | 0x800
    """Folder handles and names instead of descriptors."""


class Marks:
    """One group."""

    def __init__(self, kind: Kind) -> None:
        """
        Open it; without descriptors of processes where the kernel has none to give.

        Raises:
            OSError: the kernel does not let us.
        """
        self.damaged = 0
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | getattr(os, "O_LARGEFILE", 0)
        self._fd = _libc.fanotify_init(c.c_uint(Kind.ALWAYS | Kind.PIDFD | kind), c.c_uint(flags))
        if self._fd < 0:
            self._fd = _libc.fanotify_init(c.c_uint(Kind.ALWAYS | kind), c.c_uint(flags))
        if self._fd < 0:
            raise _error()

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return int(self._fd)

    def add(self, path: str, mask: int) -> None:
        """
        Mark the file system that a path lies on.

        Raises:
            OSError: it cannot be marked.
        """
        self._mark(_ADD | _FILE_SYSTEM, path, mask)

    def remove(self, path: str, mask: int) -> None:
        """
        Take events out of a mark.

        Raises:
            OSError: there is no such mark.
        """
        self._mark(_REMOVE | _FILE_SYSTEM, path, mask)

    def take(self) -> Iterator[FileEvent]:
        """Yield what waits, a bounded part of it; descriptors of events are the caller's."""
        for _ in range(_MOST_READS):
            try:
                content = os.read(self._fd, _READ_BYTES)
            except BlockingIOError:
                return
            except OSError as error:
                # One file could not be opened for its event: the event is lost, not the others.
                if error.errno in (errno.ETXTBSY, errno.EACCES, errno.ENXIO, errno.EPERM):
                    self.damaged += 1
                    continue
                raise
            try:
                yield from read_events(content)
            except FormatError:
                self.damaged += 1

    def close(self) -> None:
        """Give everything back."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _mark(self, flags: int, path: str, mask: int) -> None:
        name = path.encode(errors="surrogateescape")
        if _libc.fanotify_mark(self._fd, c.c_uint(flags), c.c_uint64(mask), _AT_FDCWD, name) < 0:
            raise _error()


def path_of(fd: int) -> str:
    """Return the path of an open descriptor as its own mounts show it."""
    try:
        return os.readlink(f"/proc/self/fd/{fd}")  # noqa: PTH115 - once for each event
    except OSError:
        return ""


def folder_of(place: Place, mounted: str) -> str:
    """
    Return the path of the folder that a handle means, below ``mounted``.

    Raises:
        OSError: it is gone, or its file system is no longer mounted there.
    """
    size = len(place.handle)
    handle = c.create_string_buffer(
        size.to_bytes(4, _ORDER) + place.handle_type.to_bytes(4, _ORDER, signed=True) + place.handle
    )
    mount = os.open(mounted, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        flags = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
        fd = _libc.open_by_handle_at(mount, handle, flags)
        if fd < 0:
            raise _error()
    finally:
        os.close(mount)
    try:
        path = path_of(fd)
    finally:
        os.close(fd)
    if path.endswith(" (deleted)") or not path:
        raise FileNotFoundError(errno.ENOENT, "the folder is gone")
    return path


def _error() -> OSError:
    number = c.get_errno()
    return OSError(number, os.strerror(number))
