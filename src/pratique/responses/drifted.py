"""
Decide whether a file of a container is not from its image: does it lie in the writable layer?

A path below the container's root is from the image exactly when the overlay's writable folder has no
entry at that path. Law: a path alone proves nothing, because whoever is in the container can mount, rename
and change roots: the file at that path of the bare overlay must be the very file that is asked about, and
it is looked at after the writable folder. Both folders are the container's to fill, so they are
walked by descriptors, one part after the other, and no symlink is followed: the path that the kernel
tells is resolved already. A file that was executed after its name was removed is not from the image either.
"""

import errno
import os
from typing import NamedTuple

from pratique.responses._overlay import open_inside

_DELETED = " (deleted)"
_MAX_PARTS = 256
_NOTHING = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EXDEV)
"""Nothing is there, or something that was mounted there, or a link: the kernel's path has none."""


class Layers(NamedTuple):
    """Descriptors of an overlay's root and of its writable folder."""

    root: int
    upper: int


def is_drifted(layers: Layers, path: str, file: os.stat_result) -> bool | None:
    """
    Whether the file at a path is not from the image; None where it is not the file at that path.

    Args:
        layers: the overlay.
        path: from the overlay's root.
        file: the file that is asked about.
    """
    if path.endswith(_DELETED):
        return True
    parts = [part for part in path.split("/") if part]
    if not parts or ".." in parts or len(parts) > _MAX_PARTS:
        return True
    try:
        written = look(layers.upper, path) is not None
        return written if _is_at(layers.root, path, file) else None
    except OSError:
        return True  # what cannot be looked at is not known to be from the image


def _is_at(root: int, path: str, file: os.stat_result) -> bool:
    here = look(root, path)
    return here is not None and (here.st_dev, here.st_ino) == (file.st_dev, file.st_ino)


def look(folder: int, path: str) -> os.stat_result | None:
    """Return the facts of what lies at a path below an open folder, None where nothing does."""
    try:
        found = open_inside(folder, path)
    except OSError as error:
        if error.errno in _NOTHING:
            return None
        raise
    try:
        return os.fstat(found)
    finally:
        os.close(found)
