"""
Keep the marks on every file system that holds programs or data, of the node and of containers.

A file system is marked once, through whichever mount shows it first. Names are told by handles, and
a handle needs a mount to be opened: an overlay's are not asked for, because what happens to names
in it happens in its upper layer too, which lies on a file system of the node.
"""

import os
import stat
import sys
from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.fanotify import Mask, Place
from pratique.formats.runtime.mountinfo import Mount
from pratique.sensors.without_ebpf._marks import Kind, Marks, folder_of
from pratique.sensors.without_ebpf._proc import Proc
from pratique.sensors.without_ebpf._views import View, read_view

MOST_PLACES = 4096
_NAMES = Mask.CREATED | Mask.DELETED | Mask.ATTRIBUTES | Mask.FOLDER
_MOVES = Mask.MOVED_FROM | Mask.MOVED_TO


class Placed(Struct, frozen=True):
    """A marked file system: a mount of it, and through which process it is reached (0: ours)."""

    mount: Mount
    process: int = 0

    def path(self) -> str:
        """Return where it can be opened."""
        return f"/proc/{self.process}/root{self.mount.point}" if self.process else self.mount.point


class Places:
    """The groups of marks; one that the kernel does not give is None, and why stands in ``lacking``."""

    def __init__(self, proc: Proc, *, reads: bool) -> None:
        self._proc = proc
        self.lacking: dict[str, str] = {}
        self.executions = self._group("executions", Kind(0))
        self.files = self._group("files", Kind(0))
        self.names = self._group("names", Kind.NAMES)
        self._reads = reads
        self._placed: dict[str, Placed] = {}
        self._by_number: dict[bytes, Placed] = {}
        self._paths: dict[tuple[bytes, bytes], str] = {}

    def look(self) -> None:
        """Mark what is mounted in our own namespace and is not marked yet."""
        self.cover(read_view(self._proc, os.getpid()), own=True)

    def cover(self, view: View, *, own: bool = False) -> None:
        """
        Mark what a view shows and is not marked yet.

        A number that is no device's own may be that of another file system by now: it is marked
        again, which changes nothing where it is the same one.
        """
        done = set()
        for mount in view.mounts:
            known = mount.device in self._placed and (own or not mount.device.startswith("0:"))
            if not known and mount.device not in done and self._cover(mount, view, own=own):
                done.add(mount.device)

    def want_reads(self, reads: bool) -> None:
        """Ask for openings for reading from now on, or no longer."""
        if reads == self._reads or self.files is None:
            return
        self._reads = reads
        for placed in self._placed.values():
            try:
                act = self.files.add if reads else self.files.remove
                act(placed.path(), Mask.OPENED)
            except OSError:
                continue  # it is no longer mounted there

    def begin(self) -> None:
        """Forget the paths of folders: one batch of events keeps them."""
        self._paths.clear()

    def inner(self, place: Place) -> tuple[str, str, str]:
        """
        Return the device of a name's file system, its path therein, and where we can look at it.

        Raises:
            OSError: its folder is gone, or cannot be found.
        """
        placed = self._by_number[place.file_system]
        key = place.file_system, place.handle
        folder = self._paths.get(key)
        if folder is None:
            folder = self._paths[key] = folder_of(place, placed.path())
        name = "" if place.name == "." else f"/{place.name}"
        path = (folder.rstrip("/") + name) or "/"
        point, root = placed.mount.point.rstrip("/"), placed.mount.root.rstrip("/")
        inner = root + path.removeprefix(point) if path.startswith(f"{point}/") else path
        seen = f"/proc/{placed.process}/root{path}" if placed.process else path
        return placed.mount.device, inner, seen

    def groups(self) -> Iterable[Marks]:
        """Return the groups that there are."""
        return [one for one in (self.executions, self.files, self.names) if one is not None]

    def close(self) -> None:
        """Give everything back."""
        for group in self.groups():
            group.close()

    def _group(self, name: str, kind: Kind) -> Marks | None:
        try:
            return Marks(kind)
        except OSError as error:
            self.lacking[name] = str(error.strerror)
            return None

    def _cover(self, mount: Mount, view: View, *, own: bool) -> bool:
        """Mark one file system; return whether this mount of it shows it."""
        before = self._placed.get(mount.device)
        placed = Placed(mount, 0 if own else view.reached)
        path = placed.path()
        try:
            found = os.stat(path)  # noqa: PTH116 - a path of a mount table
            number = os.statvfs(path).f_fsid.to_bytes(8, sys.byteorder)
        except (OSError, OverflowError):
            return False
        apart = _device(found) != mount.device and mount.kind != "btrfs"
        if apart or not stat.S_ISDIR(found.st_mode):
            return False  # another mount lies over it, or it is a single file
        if before is None or before.process:
            self._placed[mount.device] = placed
        if len(self._placed) > MOST_PLACES:
            del self._placed[next(iter(self._placed))]
        self._try(self.executions, "executions", path, Mask.EXECUTED)
        wanted = Mask.WRITTEN | Mask.OPENED if self._reads else Mask.WRITTEN
        self._try(self.files, "files", path, wanted)
        if mount.kind != "overlay" and (number not in self._by_number or placed.process):
            self._by_number.setdefault(number, placed)
            if not self._try(self.names, "names", path, _NAMES | Mask.RENAMED):
                self._try(self.names, "names", path, _NAMES | _MOVES)
        return True

    def _try(self, group: Marks | None, name: str, path: str, mask: int) -> bool:
        if group is None:
            return False
        try:
            group.add(path, mask)
        except OSError as error:
            self.lacking[f"{name} on {path}"] = str(error.strerror)
            return False
        self.lacking.pop(f"{name} on {path}", None)
        return True


def _device(found: os.stat_result) -> str:
    return f"{os.major(found.st_dev)}:{os.minor(found.st_dev)}"
