"""
List what a container changed in its file system: the writable folder of its overlay, with hashes.

The folder is the container's to fill, so it is walked with descriptors only: no symlink is followed, only
regular files are opened (they are looked at first: to open a device would do something), names are shown
as they are with odd bytes escaped. Everything is bounded, and what did not fit is said. A character device
0/0 means that a file of the image was deleted. Source: the kernel's Documentation/filesystems/overlayfs.rst.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

MAX_ENTRIES = 20_000
MAX_HASHED_BYTES = 512 << 20
MAX_FILE_BYTES = 64 << 20
_MAX_DEPTH = 128
_PIECE = 1 << 20
_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOATIME
_OPEN_ANYBODYS = _OPEN & ~os.O_NOATIME


class Changed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry; ``sha256`` is empty for what is no regular file or was over a bound."""

    path: str
    kind: str
    size_bytes: int = 0
    mode: str = ""
    uid: int = 0
    modified_ns: int = 0
    link: str = ""
    sha256: str = ""


class Changes(Struct, frozen=True, kw_only=True):
    """The entries, and whether all of them are there."""

    entries: tuple[Changed, ...]
    complete: bool


def changes(upper: Path, *, max_entries: int = MAX_ENTRIES) -> Changes:
    """Return what lies in a writable folder, in the order of a walk."""
    found: list[Changed] = []
    budget = [MAX_HASHED_BYTES]
    try:
        top = os.open(upper, _OPEN_ANYBODYS | os.O_DIRECTORY)
    except OSError:
        return Changes(entries=(), complete=False)
    complete = True
    try:
        for entry in _walk(top, "", 0, budget):
            if entry is None or len(found) >= max_entries:
                complete = False
                break
            found.append(entry)
    finally:
        os.close(top)
    return Changes(entries=tuple(found), complete=complete)


def _walk(folder: int, inside: str, depth: int, budget: list[int]) -> Iterator[Changed | None]:
    """Yield the entries of a folder and those below; None where it is too deep to go on."""
    if depth > _MAX_DEPTH:
        yield None
        return
    for name in _listed(folder):
        try:
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError:
            continue
        path = f"{inside}/{name}"
        yield _entry(folder, name, path, facts, budget)
        if stat.S_ISDIR(facts.st_mode):
            try:
                below = os.open(name, _OPEN_ANYBODYS | os.O_DIRECTORY, dir_fd=folder)
            except OSError:
                continue
            try:
                yield from _walk(below, path, depth + 1, budget)
            finally:
                os.close(below)


def _listed(folder: int) -> list[str]:
    """Return the names in a folder, sorted, one more than are ever told: the walk ends there."""
    with os.scandir(folder) as entries:
        return sorted(one.name for one in islice(entries, MAX_ENTRIES + 1))


def _entry(folder: int, name: str, path: str, facts: os.stat_result, budget: list[int]) -> Changed:
    mode = facts.st_mode
    kind, link, sha256 = "other", "", ""
    if stat.S_ISREG(mode):
        kind, sha256 = "file", _hash(folder, name, facts.st_size, budget)
    elif stat.S_ISDIR(mode):
        kind = "folder"
    elif stat.S_ISLNK(mode):
        kind, link = "symlink", _link(folder, name)
    elif stat.S_ISCHR(mode) and facts.st_rdev == 0:
        kind = "deleted"
    return Changed(
        path=shown(path),
        kind=kind,
        size_bytes=facts.st_size,
        mode=f"{stat.S_IMODE(mode):04o}",
        uid=facts.st_uid,
        modified_ns=facts.st_mtime_ns,
        link=shown(link),
        sha256=sha256,
    )


def shown(name: str) -> str:
    r"""
    Return a name of a file with bytes that are no text escaped.

    >>> print(shown("a\udcff"))
    a\xff
    """
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _link(folder: int, name: str) -> str:
    try:
        return os.readlink(name, dir_fd=folder)
    except OSError:
        return ""


def _hash(folder: int, name: str, size: int, budget: list[int]) -> str:
    if size > MAX_FILE_BYTES or size > budget[0]:
        return ""
    try:
        descriptor = _opened(folder, name)
    except OSError:
        return ""
    try:
        digest, left = hashlib.sha256(), MAX_FILE_BYTES
        while left > 0 and (piece := os.read(descriptor, min(_PIECE, left))):
            digest.update(piece)
            left -= len(piece)
            budget[0] -= len(piece)
        return digest.hexdigest() if left > 0 else ""
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def _opened(folder: int, name: str) -> int:
    """
    Open a regular file, and whatever else came to its place meanwhile not at all.

    Raises:
        OSError: it is none, or cannot be opened.
    """
    held = os.open(name, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(held).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        place = f"/proc/self/fd/{held}"
        try:
            return os.open(place, _OPEN & ~os.O_NOFOLLOW)
        except PermissionError:  # O_NOATIME is for a file's owner and for root
            return os.open(place, _OPEN_ANYBODYS & ~os.O_NOFOLLOW)
    finally:
        os.close(held)
