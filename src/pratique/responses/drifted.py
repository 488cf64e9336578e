"""
Decide whether a file of a container is not from its image: does it lie in the writable layer?

A path below the container's root is from the image exactly when the overlay's writable folder has no
entry at that path. The folder is the container's to fill, so it is walked by descriptors, one part after
the other, and no symlink is followed: the path that the kernel tells is resolved already. A file
that was executed after its name was removed is not from the image either.
"""

import os

_DELETED = " (deleted)"
_MAX_PARTS = 256
_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def is_drifted(upper: int, path: str, root: str = "") -> bool:
    """
    Whether the file at a path is not from the image.

    Args:
        upper: descriptor of the overlay's writable folder.
        path: as the kernel tells it, from the container's root, or from the node's below ``root``.
        root: where the container's root is mounted on the node, if it is.
    """
    if path.endswith(_DELETED):
        return True
    inside = path[len(root) :] if root and path.startswith(f"{root}/") else path
    parts = [part for part in inside.split("/") if part]
    if not parts or ".." in parts or len(parts) > _MAX_PARTS:
        return True
    return _exists(upper, parts)


def _exists(upper: int, parts: list[str]) -> bool:
    here = os.dup(upper)
    try:
        for part in parts[:-1]:
            below = os.open(part, _FOLDER, dir_fd=here)
            os.close(here)
            here = below
        os.stat(parts[-1], dir_fd=here, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # what cannot be looked at is not known to be from the image
    finally:
        os.close(here)
    return True
