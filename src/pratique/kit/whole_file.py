"""
Put a file in its place whole: whatever fails, and whenever, the old one or the new one is there.

Law: the bytes are written beside the place, brought to the disk and renamed, so that neither a full disk,
a kill nor a loss of power leaves half of them; a file that was there keeps its rights. What fails leaves
nothing behind; what a killed process left beside the place goes when the same file is written an hour
later or more.
"""

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_STALE_S = 3600.0
_LONGEST = 200
"""Bytes of the file's name in that of the passing one, which may have 255."""


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """
    Write a file, in place of what is there.

    Args:
        path: a symlink there is replaced, not followed.
        content: all of it.
        mode: its rights; None keeps those that are there, or takes the usual ones.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    with growing(path, mode) as file:
        file.write(content)


@contextmanager
def growing(path: Path, mode: int | None = None, *, sync: bool = True) -> Iterator[BinaryIO]:
    """
    Give a file that takes its place when the block ends; if it raises, what was there stays.

    Args:
        path: see ``write_whole``.
        mode: see ``write_whole``.
        sync: bring it to the disk first; needless for what carries a checksum and can be made again.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    known = _mode(path) if mode is None else mode
    begins = os.fsdecode(f".{path.name}".encode("utf-8", "surrogateescape")[:_LONGEST])
    passing = path.with_name(f"{begins}.{os.urandom(6).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(passing, flags, 0o666 if known is None else 0o600)
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            if known is not None:
                os.fchmod(descriptor, known)
            if sync:
                os.fsync(descriptor)
        passing.replace(path)
    except BaseException:
        with suppress(OSError):
            passing.unlink(missing_ok=True)
        raise
    _sweep(path.parent, begins)


def _mode(path: Path) -> int | None:
    try:
        state = path.lstat()
    except FileNotFoundError:
        return None
    return stat.S_IMODE(state.st_mode) if stat.S_ISREG(state.st_mode) else None


def _sweep(folder: Path, begins: str) -> None:
    """Remove what killed processes left of the same file."""
    ours = re.compile(re.escape(begins) + r"\.[0-9a-f]{12}\.tmp")
    with suppress(OSError), os.scandir(folder) as entries:
        for one in entries:
            if ours.fullmatch(one.name):
                with suppress(OSError):
                    if one.stat(follow_symlinks=False).st_mtime < time.time() - _STALE_S:
                        os.unlink(one.path)  # noqa: PTH108 - an entry has a path already
