"""
Speak to fanotify: permission events for executions, by ctypes.

Only the standard library is imported: the process that answers must start fast and stay small.
Source: fanotify_init(2), fanotify_mark(2), fanotify(7); numbers of include/uapi/linux/fanotify.h
and magic.h.
"""

import ctypes
import os
import struct
from collections.abc import Iterator

ALLOW, DENY = 1, 2
_CLOEXEC, _NONBLOCK, _CLASS_CONTENT = 0x1, 0x2, 0x4
_ADD, _REMOVE, _FILESYSTEM = 0x1, 0x2, 0x100
_OPEN_EXEC_PERM = 0x00040000
_EVENT = struct.Struct("=IBBHQii")
_ANSWER = struct.Struct("=iI")
_VERSION = 3
_EVENTS_BYTES = 64 << 10
_OVERLAY = 0x794C7630
_STATFS_BYTES = 512
"""More than any machine's ``struct statfs``, whose first word is the kind of file system."""


def begin() -> int:
    """Return a descriptor for permission events; OSError where that is not allowed here."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = _CLOEXEC | _NONBLOCK | _CLASS_CONTENT
    return _checked(libc.fanotify_init(flags, os.O_RDONLY | os.O_CLOEXEC | os.O_LARGEFILE))


def mark(group: int, root: int, *, remove: bool = False) -> None:
    """Ask for executions in the whole file system that an open folder lies in."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = (_REMOVE if remove else _ADD) | _FILESYSTEM
    mask = ctypes.c_uint64(_OPEN_EXEC_PERM)
    _checked(libc.fanotify_mark(group, flags, mask, root, None))


def is_overlay(folder: int) -> bool:
    """Whether an open folder lies in an overlay."""
    libc = ctypes.CDLL(None, use_errno=True)
    facts = ctypes.create_string_buffer(_STATFS_BYTES)
    _checked(libc.fstatfs(folder, facts))
    return ctypes.c_long.from_buffer(facts).value == _OVERLAY


def events(group: int) -> Iterator[tuple[int, int]]:
    """Yield (descriptor of the file, pid) of what waits for an answer."""
    try:
        content = os.read(group, _EVENTS_BYTES)
    except BlockingIOError:
        return
    offset = 0
    while offset + _EVENT.size <= len(content):
        length, version, _, _, _, descriptor, pid = _EVENT.unpack_from(content, offset)
        if version != _VERSION or length < _EVENT.size:
            raise OSError(0, "fanotify speaks another version")
        offset += length
        if descriptor >= 0:
            yield descriptor, pid


def answer(group: int, descriptor: int, *, deny: bool) -> None:
    """Let an execution go on, or refuse it."""
    os.write(group, _ANSWER.pack(descriptor, DENY if deny else ALLOW))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
