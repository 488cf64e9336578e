"""
Say what became of a name that fanotify tells: made, removed, moved, given another mode.

fanotify tells that a name was made, not how; the file that stands there says whether it is a
folder, a link or a device. What happens in an overlay's work folder is the overlay's own doing.
"""

import os
import stat
from collections.abc import Iterator

from pratique.formats.fanotify import FileEvent, Mask, Place
from pratique.model.observation import Act, Opened, PathChanged
from pratique.sensors.without_ebpf._places import Places
from pratique.sensors.without_ebpf._views import View

OPENED_SOMEHOW = 0x7FFFFFFF
"""The number of a descriptor that is there but is not told."""
MADE = os.O_CREAT | os.O_WRONLY
_TELLING_MODE = 0o6111
_NAMED = (
    Mask.CREATED | Mask.DELETED | Mask.ATTRIBUTES | Mask.RENAMED | Mask.MOVED_FROM | Mask.MOVED_TO
)


def name_acts(event: FileEvent, places: Places, view: View) -> Iterator[tuple[str, Act]]:
    """
    Yield event types and acts of one event.

    Raises:
        OSError: the folder is gone, so its path is not known.
        KeyError: it lies on a file system that is not known.
    """
    if event.place is None or not event.mask & _NAMED:
        return
    folder = bool(event.mask & Mask.FOLDER)
    device, inner, seen = places.inner(event.place)
    if event.new_place is not None:
        yield from _moved(device, inner, event.new_place, places, view)
        return
    if _is_own_doing(inner, view):
        return
    path = view.called(device, inner)
    if event.mask & Mask.CREATED:
        yield _made(path, seen, folder=folder)
    if event.mask & Mask.ATTRIBUTES and not event.mask & Mask.DELETED:
        mode = _mode(seen)
        if mode & _TELLING_MODE and stat.S_ISREG(mode):
            yield "chmod", PathChanged(path, mode=stat.S_IMODE(mode))
    if event.mask & Mask.MOVED_FROM:
        yield "rename", PathChanged(path)
    if event.mask & Mask.MOVED_TO:
        yield "rename", PathChanged("", path)
    if event.mask & Mask.DELETED:
        yield ("rmdir" if folder else "unlink"), PathChanged(path)


def _moved(
    device: str, inner: str, new_place: Place, places: Places, view: View
) -> Iterator[tuple[str, Act]]:
    new_device, new_inner, seen = places.inner(new_place)
    new_path = view.called(new_device, new_inner)
    if not _is_own_doing(inner, view):
        if not _is_own_doing(new_inner, view):
            yield "rename", PathChanged(view.called(device, inner), new_path)
        return
    if not _is_own_doing(new_inner, view) and _is_whiteout(seen):
        yield "unlink", PathChanged(new_path)


def _made(path: str, seen: str, *, folder: bool) -> tuple[str, Act]:
    if folder:
        return "mkdir", PathChanged(path)
    try:
        found = os.lstat(seen)
        if stat.S_ISLNK(found.st_mode):
            return "symlink", PathChanged(os.readlink(seen), path)  # noqa: PTH115 - beside lstat
    except (OSError, ValueError):
        return "openat", Opened(path, MADE, OPENED_SOMEHOW)
    if not stat.S_ISREG(found.st_mode):
        return "mknod", PathChanged(path, mode=found.st_mode)
    if found.st_nlink > 1:
        return "link", PathChanged("", path)
    return "openat", Opened(path, MADE, OPENED_SOMEHOW, inode=found.st_ino, device=found.st_dev)


def _mode(path: str) -> int:
    try:
        return os.lstat(path).st_mode
    except (OSError, ValueError):
        return 0


def _is_own_doing(inner: str, view: View) -> bool:
    return bool(view.work) and inner.startswith(f"{view.work}/")


def _is_whiteout(path: str) -> bool:
    """Return whether an overlay's mark "removed" stands there: the device 0:0."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == 0
