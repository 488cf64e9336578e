"""
Try whether a container's programs are refused, without executing any: on a file of its writable folder.

The kernel is asked whether a file could be executed (``AT_EXECVE_CHECK``, Linux 6.14 and later): that opens it
as an execution does, so that whoever guards executions is asked as well, and stops there. Elsewhere, and
where the container wrote no program yet, nothing is tried, and nothing is claimed.
Source: the kernel's Documentation/userspace-api/check_exec.rst; execveat(2).
"""

import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from enum import Enum

from pratique.responses._overlay import open_inside
from pratique.responses.drifted import look

MOST_LOOKED_AT = 4_096
_MOST_TRIES = 8
_EMPTY_PATH, _CHECK = 0x1000, 0x10000
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Tried(Enum):
    """What became of a trial."""

    REFUSED = "refused"
    PASSED = "passed"
    NOT = "not tried"


def try_one(root: int, upper: int) -> Tried:
    """Try the programs of a container's writable folder until one says what happens to all of them."""
    for count, path in enumerate(_programs(upper)):
        tried = _try(root, path)
        if tried is not Tried.NOT or count + 1 >= _MOST_TRIES:
            return tried
    return Tried.NOT


def _try(root: int, path: str) -> Tried:
    try:
        program = open_inside(root, path)
    except OSError:
        # Gone, or something else is mounted there, which nobody guards.
        return Tried.NOT
    try:
        return could_run(program)
    finally:
        os.close(program)


def could_run(program: int) -> Tried:
    """Ask the kernel whether an open file could be executed."""
    libc = ctypes.CDLL(None, use_errno=True)
    words = (ctypes.c_char_p * 2)(b"trial", None)
    nothing = (ctypes.c_char_p * 1)(None)
    if libc.execveat(program, b"", words, nothing, _EMPTY_PATH | _CHECK) == 0:
        return Tried.PASSED
    return Tried.REFUSED if ctypes.get_errno() == errno.EPERM else Tried.NOT


def _programs(upper: int) -> Iterator[str]:
    """Yield the paths of files that may be executed, of the first some thousand names."""
    waiting = ["."]
    looked = 0
    while waiting:
        folder = waiting.pop(0)
        for name in _names(upper, folder):
            looked += 1
            if looked > MOST_LOOKED_AT:
                return
            path = f"{folder}/{name}"
            try:
                found = look(upper, path)
            except OSError:
                continue
            if found is not None and stat.S_ISDIR(found.st_mode):
                waiting.append(path)
            elif found is not None and stat.S_ISREG(found.st_mode) and found.st_mode & 0o111:
                yield path


def _names(upper: int, folder: str) -> list[str]:
    try:
        here = open_inside(upper, folder)
    except OSError:
        return []
    try:
        readable = os.open(".", _FOLDER, dir_fd=here)
        try:
            return sorted(os.listdir(readable))  # noqa: PTH208 - of a descriptor
        finally:
            os.close(readable)
    except OSError:
        return []
    finally:
        os.close(here)
