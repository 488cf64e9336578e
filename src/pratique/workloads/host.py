"""
Read the node's own files: the one place of this folder that touches the machine.

Files are opened without waiting and without following the terminal; only regular files are read.
A container's own files (``inside``) are opened with ``openat2(RESOLVE_IN_ROOT)``, so that no link
of a container leads to a file of the node; on a kernel without it they are not read at all. What
lies there is looked at before it is opened: to open a device does something to the node (a watchdog
restarts it). What a container may answer itself or never (its file systems, the memory that holds a
process's arguments) is read beside, for a moment at most.
Source: openat2(2), open_by_handle_at(2), kernel ``fs/kernfs/mount.c`` (file handles of groups).
"""

import ctypes
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from pratique.kit.aside import Aside
from pratique.kit.tail import Mark
from pratique.workloads.interface import MOST_FILE

MOST_NAMES = 100_000
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
_PATIENCE_S = 0.2
_MOST_OF_GROUPS = 65_536
_OF_ITS_MEMORY = "/cmdline"
_OPENAT2 = 437
_RESOLVE_NO_MAGICLINKS = 0x02
_RESOLVE_IN_ROOT = 0x10
_KERNFS_HANDLE = 0xFE
"""FILEID_KERNFS of ``include/linux/exportfs.h``."""


class Host:
    """
    The machine, or a folder that looks like one (a node's root mounted into a container).

    ``aside`` asks what a container may answer never.
    """

    def __init__(
        self, root: str = "/", environ: Mapping[str, str] = os.environ, aside: Aside | None = None
    ) -> None:
        self._root = root.rstrip("/")
        self.environ = environ
        self._mounts: dict[str, int] = {}
        self._aside = aside or Aside()

    @property
    def given_up(self) -> int:
        """Return how many questions that a container answers itself got no answer in time."""
        return self._aside.given_up

    def read(self, path: str, most: int = MOST_FILE) -> bytes | None:
        """Return the bytes of a file, None where it cannot be read or is larger."""
        place = self._root + path
        if path.startswith("/proc/") and path.endswith(_OF_ITS_MEMORY):
            return self._aside.run(
                lambda: _content(place, most), None, self._group_of(path.split("/")[2])
            )
        return _content(place, most)

    @contextmanager
    def opened(self, path: str) -> Iterator[Callable[[int, int], bytes] | None]:
        """Give a function that reads a file at offsets, or None."""
        try:
            fd = os.open(self._root + path, _READ)
        except (OSError, ValueError):
            yield None
            return
        try:
            regular = stat.S_ISREG(os.fstat(fd).st_mode)
            yield (lambda offset, size: os.pread(fd, size, offset)) if regular else None
        finally:
            os.close(fd)

    def query(self, path: str, query: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        """Return the rows of an SQLite file, at most ``MOST_NAMES``."""
        if self.mark(path).size <= 0:
            return []
        import sqlite3  # only where an engine keeps its state so
        from urllib.parse import quote

        name = f"file:{quote(self._root + path)}?mode=ro"
        try:
            database = sqlite3.connect(name, uri=True, timeout=_PATIENCE_S)
        except sqlite3.Error:
            return []
        try:
            return database.execute(query, values).fetchmany(MOST_NAMES)
        except sqlite3.Error:
            return []
        finally:
            database.close()

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted, at most ``MOST_NAMES``."""
        return tuple(sorted(one.name for one in self._entries(path)))

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder, sorted, at most ``MOST_NAMES``."""
        try:
            found = (one.name for one in self._entries(path) if one.is_dir(follow_symlinks=False))
            return tuple(sorted(found))
        except OSError:
            return ()

    def link(self, path: str) -> str:
        """Return what a symbolic link holds, or nothing."""
        try:
            return os.readlink(self._root + path)  # noqa: PTH115 - beside `inode`
        except (OSError, ValueError):
            return ""

    def inode(self, path: str) -> int:
        """Return the number of a file or folder, 0 where there is none."""
        try:
            return os.stat(self._root + path).st_ino  # noqa: PTH116 - once for each control group
        except (OSError, ValueError):
            return 0

    def mark(self, path: str) -> Mark:
        """Return the mark of a file, ``Mark()`` where there is none."""
        return Mark.of(self._root + path)

    def _entries(self, path: str) -> list["os.DirEntry[str]"]:
        try:
            with os.scandir(self._root + path) as entries:
                return [one for one, _ in zip(entries, range(MOST_NAMES), strict=False)]
        except (OSError, ValueError):
            return []

    def inside(self, pid: int, path: str, most: int) -> bytes | None:
        """Return a file as a process's root folder holds it; its links never lead outside."""
        place = f"{self._root}/proc/{pid}/root"
        return self._aside.run(lambda: _inside(place, path, most), None, self._group_of(pid))

    def below(self, folder: str, path: str, most: int) -> bytes | None:
        """Return a file as one finds it whose root folder this folder is, which is not the node's."""
        place, root = self._root + folder, f"{self._root}/."

        def look() -> bytes | None:
            same = os.path.samestat(os.stat(place), os.stat(root))  # noqa: PTH116
            return None if same else _inside(place, path, most)

        return self._aside.run(look, None, folder)

    def at_home(self, pid: int) -> bool:
        """
        Return whether a process's root folder is the node's own, or nobody can tell.

        The first process may not be looked at where it has more rights: the node's root is also where its
        files are seen.
        """
        if self._has_the_top(pid):
            return True
        # The folders that the links lead to, not the links.
        place = f"{self._root}/proc/{pid}/root/."
        own = (f"{self._root}/.", f"{self._root}/proc/1/root/.")

        def look() -> bool:
            found = os.stat(place)  # noqa: PTH116
            return any(os.path.samestat(found, one) for one in map(_looked_at, own) if one)

        return self._aside.run(look, True, self._group_of(pid))

    def _has_the_top(self, pid: int) -> bool:
        """
        Return whether a process's mounts are the node's, and its root folder is their top.

        The kernel makes up what these links hold out of names in its memory: to read one asks no file
        system, so that it needs no thread. False says nothing yet. A root folder of other mounts that
        was taken along reads ``/`` too: then what lies in it is not read. So this may keep from reading,
        and permits nothing.
        """
        mounts = self.link(f"/proc/{pid}/ns/mnt")
        # This process sees the node's files as its own, unless they are mounted somewhere below.
        own = ("/proc/1/ns/mnt",) if self._root else ("/proc/self/ns/mnt", "/proc/1/ns/mnt")
        return (
            mounts != ""
            and self.link(f"/proc/{pid}/root") == "/"
            and any(mounts == self.link(one) for one in own)
        )

    def _group_of(self, pid: int | str) -> bytes:
        """Return what tells the containers of processes apart; the kernel itself answers that."""
        return _content(f"{self._root}/proc/{pid}/cgroup", _MOST_OF_GROUPS) or b""

    def group_path(self, mount: str, identity: int) -> str:
        """Return the path below ``mount`` of the control group with this id, or nothing."""
        held = self._mounts.get(mount)
        try:
            if held is None:
                held = self._mounts[mount] = os.open(
                    self._root + mount, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
                )
            fd = _open_by_handle(held, identity)
        except OSError:
            return ""
        if fd < 0:
            return ""
        try:
            path = os.readlink(f"/proc/self/fd/{fd}")  # noqa: PTH115
        except OSError:
            return ""
        finally:
            os.close(fd)
        start = self._root + mount
        below = path.removeprefix(start)
        return (below or "/") if path.startswith(start) else ""


def _looked_at(place: str) -> os.stat_result | None:
    try:
        return os.stat(place)  # noqa: PTH116
    except OSError:
        return None


def _content(place: str, most: int) -> bytes | None:
    try:
        fd = os.open(place, _READ)
    except (OSError, ValueError):
        return None
    return _whole(fd, most)


def _inside(place: str, path: str, most: int) -> bytes | None:
    """Look at a file of a root folder first, and open it only if it is a regular one."""
    root = os.open(place, os.O_PATH | os.O_CLOEXEC)
    try:
        found = _open_in_root(root, path)
    finally:
        os.close(root)
    if found < 0:
        return None
    try:
        if not stat.S_ISREG(os.fstat(found).st_mode):
            return None
        return _content(f"/proc/self/fd/{found}", most)
    finally:
        os.close(found)


def _whole(fd: int, most: int) -> bytes | None:
    """Read a descriptor to its end and close it."""
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return None
        parts, left = [], most + 1
        while left and (part := os.read(fd, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts) if left else None
    except OSError:
        return None
    finally:
        os.close(fd)


class _OpenHow(ctypes.Structure):
    _fields_ = (
        ("flags", ctypes.c_uint64),
        ("mode", ctypes.c_uint64),
        ("resolve", ctypes.c_uint64),
    )


class _FileHandle(ctypes.Structure):
    _fields_ = (
        ("handle_bytes", ctypes.c_uint32),
        ("handle_type", ctypes.c_int32),
        ("id", ctypes.c_uint64),
    )


_libc = ctypes.CDLL(None, use_errno=True)


def _open_in_root(root: int, path: str) -> int:
    """Return a descriptor, -1 where there is none or the kernel is older than 5.6."""
    how = _OpenHow(os.O_PATH | os.O_CLOEXEC, 0, _RESOLVE_IN_ROOT | _RESOLVE_NO_MAGICLINKS)
    given = ctypes.c_char_p(path.encode(errors="surrogateescape"))
    size = ctypes.c_size_t(ctypes.sizeof(how))
    number, at = ctypes.c_long(_OPENAT2), ctypes.c_int(root)
    return int(_libc.syscall(number, at, given, ctypes.byref(how), size))


def _open_by_handle(mount: int, identity: int) -> int:
    handle = _FileHandle(8, _KERNFS_HANDLE, identity)
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    return int(_libc.open_by_handle_at(mount, ctypes.byref(handle), flags))
