"""
Know how the file systems look from inside a container: what is mounted where, and what lies above.

A view is one mount namespace seen from one root folder. Processes of one container share it, so
it is read once. The kernel tells names by file system; a view says what a process calls them.
"""

from msgspec import Struct

from pratique.formats.runtime.mountinfo import Mount, read_mounts
from pratique.sensors.without_ebpf._proc import Proc

WATCHED = frozenset(
    [
        "ext2",
        "ext3",
        "ext4",
        "xfs",
        "btrfs",
        "overlay",
        "tmpfs",
        "f2fs",
        "zfs",
        "vfat",
        "erofs",
        "squashfs",
        "nfs",
        "nfs4",
        "virtiofs",
        "fuse.fuse-overlayfs",
        "ramfs",
        "bcachefs",
    ]
)
"""Kinds of file systems that hold programs and data; the kernel's own ones do not."""
MOST_VIEWS = 4096
_MOST_MOUNTINFO = 4 << 20


class View(Struct, frozen=True):
    """
    The mounts as one root folder has them; ``upper`` and ``work`` are those of its overlay.

    ``reached`` is a process through which the mounts can be opened.
    """

    mounts: tuple[Mount, ...] = ()
    upper: str = ""
    work: str = ""
    reached: int = 0

    def called(self, device: str, inner: str) -> str:
        """
        Return what a process calls a file: ``inner`` is its path in its file system.

        Returns:
            The path, or ``inner`` itself where no mount of this view shows it.
        """
        if self.upper and inner.startswith(f"{self.upper}/"):
            return inner[len(self.upper) :]
        best = None
        for mount in self.mounts:
            shows = mount.device == device and _is_below(inner, mount.root)
            if shows and (best is None or len(mount.root) >= len(best.root)):
                best = mount
        if best is None:
            return inner
        rest = inner[len(best.root.rstrip("/")) :]
        return (best.point.rstrip("/") + rest) or "/"


NOTHING = View()


class Views:
    """The views that are known, by namespace and root folder."""

    def __init__(self, proc: Proc) -> None:
        self._proc = proc
        self._known: dict[tuple[int, int, int, int], View] = {}
        self.fresh: list[View] = []
        """Views that came since somebody last emptied this list."""

    def of(self, pid: int, namespace: int) -> View:
        """Return a process's view; that of nobody where it has ended."""
        root = self._proc.stat(f"{pid}/root")
        if root is None:
            return NOTHING
        # Numbers of namespaces and overlays are used again at once; times of a new root are not.
        key = namespace, root.st_dev, root.st_ino, root.st_ctime_ns
        found = self._known.get(key)
        if found is None:
            found = read_view(self._proc, pid)
            if not found.mounts:
                return NOTHING
            if len(self._known) >= MOST_VIEWS:
                del self._known[next(iter(self._known))]
            self._known[key] = found
            self.fresh.append(found)
        return found


def read_view(proc: Proc, pid: int) -> View:
    """Return the view of a process as its mount table says it now."""
    content = proc.read(f"{pid}/mountinfo", _MOST_MOUNTINFO)
    mounts = tuple(one for one in read_mounts(content) if one.kind in WATCHED)
    # Opening a device for its event could do something, so folders of devices are left alone.
    mounts = tuple(one for one in mounts if one.point != "/dev")
    # The last one mounted over a folder is the one that is seen.
    root = next((one for one in reversed(mounts) if one.point == "/"), None)
    overlay = root if root is not None and root.kind == "overlay" else Mount("/", "")
    return View(mounts, overlay.option("upperdir"), overlay.option("workdir"), pid)


def _is_below(path: str, folder: str) -> bool:
    return folder == "/" or path == folder or path.startswith(f"{folder}/")
