"""
Decide whether a file that a container uses is the image's.

The image's own list of files decides (``ImageIndex``); the kernel's word that the file lies in the
writable layer says that it was made or changed after the start. A file of the image that was changed
is compared by sha256, which is asked for through ``measure``: reading is not done here. Law: what
could not be compared is said to be so; a copy-up that changed nothing (chmod, touch) is no drift.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from pratique.detections.telling import image_of
from pratique.model.image_index import ImageIndex, ImageIndexes
from pratique.model.workload import Workload

Measure: TypeAlias = Callable[[Workload, str], str | None]
"""Return the sha256 of a container's file in hexadecimal; empty if it cannot be had, None if later."""


class Kind(StrEnum):
    """How a file is not the image's."""

    NONE = ""
    ADDED = "added"
    """It is not in the image."""
    CHANGED = "changed"
    """The image holds another file here."""
    MAYBE_CHANGED = "maybe-changed"
    """The image holds a file here that was written to; the two could not be compared."""
    MOUNTED = "mounted"
    """It is not in the image and comes from a mount."""
    NAMELESS = "nameless"
    """It lies in memory only."""


class Judgement(Struct, frozen=True):
    """
    What became of a file.

    ``package`` is the image's owner of the path, ``doubt`` what is not known, ``sha256`` the file's
    where it was measured, ``copy_of`` the program of the image that it equals.
    """

    kind: Kind
    package: str = ""
    doubt: str = ""
    pending: bool = False
    sha256: str = ""
    copy_of: str = ""


_COPIED = (
    *("bash", "dash", "sh", "busybox", "perl", "curl", "wget", "nc", "python3", "node", "php"),
    *("ruby", "socat", "base64", "openssl", "su", "mount", "nsenter"),
)
"""What attackers copy to another name."""
_STANDS = Judgement(Kind.NONE)
NO_MOUNT = "no mount of the container is known here"
NO_INDEX = "the files of the image are not in the store"
_MEMORY = "/dev/shm/"  # noqa: S108
_NOT_MEASURED = "the image's file was not measured"
_LATER = "not compared yet"
_UNREADABLE = "the file could not be read"


def is_nameless(path: str) -> bool:
    """
    Return whether a path stands for a file in memory, or one that was deleted.

    >>> is_nameless("memfd:x"), is_nameless("/tmp/x (deleted)"), is_nameless("/bin/sh")
    (True, True, False)
    """
    return path.startswith(("memfd:", "/memfd:")) or path.endswith(" (deleted)")


def judge(
    path: str, upper_layer: bool, workload: Workload, images: ImageIndexes, measure: Measure
) -> Judgement:
    """Return whether the file at a path (as the container sees it) is the image's."""
    image = image_of(workload)
    index = images.of(image) if image else None
    if index is None:
        if upper_layer:
            return Judgement(Kind.ADDED, doubt=NO_INDEX)
        # Shared memory begins empty, so what lies there was made after the start.
        return Judgement(Kind.MOUNTED, doubt=NO_MOUNT) if path.startswith(_MEMORY) else _STANDS
    if index.has(path):
        if not upper_layer:
            return _STANDS
        return _compared(path, index.digest_of(path), measure(workload, path), index)
    if upper_layer:
        doubt = "" if index.complete else "not every file of the image was looked at"
        found = measure(workload, path) or ""
        copied = _equal(found, index) if found else ""
        return Judgement(Kind.ADDED, doubt=doubt, sha256=found, copy_of=copied)
    if not index.complete or not path.startswith("/"):
        return _STANDS
    return _outside(path, workload)


def _compared(path: str, wanted: str, found: str | None, index: ImageIndex) -> Judgement:
    package = index.owner(path)
    if not wanted:
        return Judgement(Kind.MAYBE_CHANGED, package, _NOT_MEASURED)
    if found is None:
        return Judgement(Kind.MAYBE_CHANGED, package, _LATER, pending=True)
    if not found:
        return Judgement(Kind.MAYBE_CHANGED, package, _UNREADABLE)
    return _STANDS if found == wanted else Judgement(Kind.CHANGED, package, sha256=found)


def _equal(sha256: str, index: ImageIndex) -> str:
    """Return the well-known program of the image with this digest, empty if none has it."""
    places = (f"{folder}/{name}" for name in _COPIED for folder in ("/usr/bin", "/bin"))
    return next((path for path in places if index.digest_of(path) == sha256), "")


def _outside(path: str, workload: Workload) -> Judgement:
    """Judge what is neither in the image nor in the layer above it: a mount, as far as is known."""
    for mount in workload.mounts:
        inside = mount.destination.rstrip("/") + "/"
        if path == mount.destination or path.startswith(inside):
            return Judgement(Kind.MOUNTED, doubt="" if mount.writable else "mounted read-only")
    return Judgement(Kind.MOUNTED, doubt=NO_MOUNT)
