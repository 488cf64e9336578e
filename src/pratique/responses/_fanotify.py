"""
Speak to fanotify: permission events for executions, by ctypes.

Only the standard library is imported: the process that answers must start fast and stay small.
Source: fanotify_init(2), fanotify_mark(2), fanotify(7); numbers of include/uapi/linux/fanotify.h;
proc_pid_fdinfo(5).
"""

import ctypes
import os
import struct
from collections.abc import Iterator

from pratique.responses._overlay import checked

ALLOW, DENY = 1, 2
_CLOEXEC, _NONBLOCK, _CLASS_CONTENT = 0x1, 0x2, 0x4
_ADD, _REMOVE, _FILESYSTEM = 0x1, 0x2, 0x100
_OPEN_EXEC_PERM = 0x00040000
_EVENT = struct.Struct("=IBBHQii")
_ANSWER = struct.Struct("=iI")
_VERSION = 3
_EVENTS_BYTES = 64 << 10
_MOST = 1 << 20


def begin() -> int:
    """Return a descriptor for permission events; OSError where that is not allowed here."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = _CLOEXEC | _NONBLOCK | _CLASS_CONTENT
    return checked(libc.fanotify_init(flags, os.O_RDONLY | os.O_CLOEXEC | os.O_LARGEFILE))


def mark(group: int, root: int, *, remove: bool = False) -> None:
    """Ask for executions in the whole file system that an open folder lies in."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = (_REMOVE if remove else _ADD) | _FILESYSTEM
    mask = ctypes.c_uint64(_OPEN_EXEC_PERM)
    checked(libc.fanotify_mark(group, flags, mask, root, None))


def is_marked(group: int, device: int) -> bool:
    """Whether the kernel says that it asks for the executions in a file system."""
    number = os.major(device) << 20 | os.minor(device)
    with open(f"/proc/self/fdinfo/{group}") as file:
        lines = file.read(_MOST).splitlines()
    wanted = {f"sdev:{number:x}", f"mask:{_OPEN_EXEC_PERM:x}"}
    return any(line.startswith("fanotify ") and wanted <= set(line.split()) for line in lines)


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
