"""
Read what fanotify tells: files opened, executed and written, names made, removed and moved.

Pure: the bytes of one read become events. An event stands for one file and one process, and may
stand for many equal acts, because the kernel merges them while they wait. With descriptors it
carries an open one, which whoever read it must close; without, it names a folder by a handle that
only the kernel can open, and the name in it. Damaged bytes are a ``FormatError``.
Source: fanotify(7), ``linux/fanotify.h``; all in native order.
"""

import struct
from collections.abc import Iterator
from enum import IntFlag

from msgspec import Struct

from pratique.model.errors import FormatError

MOST_EVENTS = 65_536
"""No read holds more; an event has at least 24 bytes."""
_EVENT = struct.Struct("=IBBHQii")
_RECORD = struct.Struct("=BBH")
_FID = struct.Struct("=BBH8sIi")
_PIDFD = struct.Struct("=BBHi")
_VERSION = 3
_DFID_NAME, _PIDFD_RECORD, _OLD_NAME, _NEW_NAME = 2, 4, 10, 12
NO_PIDFD = -1
"""The process had ended when the event was read."""
_NOT_TOLD = -3


class Mask(IntFlag):
    """What happened; the values are the kernel's."""

    ATTRIBUTES = 0x4
    WRITTEN = 0x8
    OPENED = 0x20
    MOVED_FROM = 0x40
    MOVED_TO = 0x80
    CREATED = 0x100
    DELETED = 0x200
    EXECUTED = 0x1000
    OVERFLOW = 0x4000
    RENAMED = 0x10000000
    FOLDER = 0x40000000


class Place(Struct, frozen=True):
    """A name in a folder, which is known by its file system's number and a handle of the kernel."""

    file_system: bytes
    handle: bytes
    handle_type: int
    name: str


class FileEvent(Struct, frozen=True):
    """
    One event; ``fd`` is the file's descriptor, negative where it has none.

    ``gone`` says that the process had ended already, as far as that was asked for. ``pidfd`` is a
    descriptor too, negative where there is none.
    """

    mask: int
    pid: int
    fd: int = -1
    pidfd: int = -1
    gone: bool = False
    place: Place | None = None
    new_place: Place | None = None


def read_events(content: bytes) -> Iterator[FileEvent]:
    """
    Yield the events of one read.

    Raises:
        FormatError: a length or version that does not fit. Whatever is yielded before it holds
            descriptors as usual.
    """
    at = 0
    for _ in range(MOST_EVENTS):
        if at >= len(content):
            return
        try:
            size, version, _, head, mask, fd, pid = _EVENT.unpack_from(content, at)
        except struct.error:
            raise FormatError("a fanotify event ends early") from None
        if version != _VERSION:
            raise FormatError(f"fanotify events of version {version} are not known")
        if not _EVENT.size <= head <= size or at + size > len(content):
            raise FormatError(f"a fanotify event says it has {size} bytes")
        pidfd, place, new_place = _records(content[at + head : at + size])
        yield FileEvent(mask, pid, fd, pidfd, pidfd == NO_PIDFD, place, new_place)
        at += size
    raise FormatError("too many fanotify events in one read")


def _records(content: bytes) -> tuple[int, Place | None, Place | None]:
    """Return the descriptor of the process, the place, and the new one where there are two."""
    pidfd, place, new_place = _NOT_TOLD, None, None
    at = 0
    while at < len(content):
        try:
            kind, _, size = _RECORD.unpack_from(content, at)
            if size < _RECORD.size or at + size > len(content):
                raise FormatError(f"a record of a fanotify event says it has {size} bytes")
            record = content[at : at + size]
            if kind == _PIDFD_RECORD:
                pidfd = _PIDFD.unpack_from(record)[3]
            elif kind in (_DFID_NAME, _OLD_NAME):
                place = _place(record)
            elif kind == _NEW_NAME:
                new_place = _place(record)
        except struct.error:
            raise FormatError("a record of a fanotify event ends early") from None
        at += size
    return pidfd, place, new_place


def _place(record: bytes) -> Place:
    _, _, _, file_system, size, kind = _FID.unpack_from(record)
    end = _FID.size + size
    if end > len(record):
        raise FormatError(f"a file handle says it has {size} bytes")
    name = record[end:].partition(b"\0")[0].decode("utf-8", "replace")
    return Place(file_system, record[_FID.size : end], kind, name)
