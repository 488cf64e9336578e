"""
Read what is known of a process now, from ``/proc``: who it is, whose child, in which container.

Law: every read is bounded and may come too late; a process that is gone reads as ``None``. Start times
are whole clock ticks since boot, turned into ns since the epoch.
Source: proc_pid_stat(5), the kernel's include/linux/sched.h (PF_KTHREAD).
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pratique.formats.runtime.process_files import read_groups, read_stat
from pratique.kit.clock import booted_ns

TICK_NS = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
_KERNEL_THREAD = 0x00200000
_MOST = 64 << 10
_MAX_PARENTS = 256
_CONTAINER = re.compile(r"[0-9a-f]{64}")
_MONITOR = "conmon-"


class Running(Struct, frozen=True):
    """A process as it is now; ``groups`` are its control groups by controller, "" is version 2."""

    pid: int
    name: str
    parent: int
    started_ns: int
    kernel_thread: bool
    groups: dict[str, str]

    def belongs_to(self, container: str) -> bool:
        """Whether one of its control groups is a container's, or lies in it."""
        return any(own_part(path, container) for path in self.groups.values())

    @property
    def in_container(self) -> bool:
        """Whether one of its control groups bears any container's id."""
        return any(_CONTAINER.search(path) for path in self.groups.values())


class Node:
    """The processes of this machine."""

    def __init__(self, proc: Path = Path("/proc"), boot_ns: int | None = None) -> None:
        self._proc = proc
        self._boot_ns = booted_ns() if boot_ns is None else boot_ns

    @property
    def mounts(self) -> Path:
        """Where the mounts that this process sees are listed."""
        return self.mounts_of("self")

    def mounts_of(self, process: str) -> Path:
        """Where the mounts that a process sees are listed."""
        return self._proc / process / "mountinfo"

    def running(self, pid: int) -> Running | None:
        """Return what is known of a process now, None where there is none."""
        content = read_bounded(self._proc / str(pid) / "stat", _MOST)
        stat = read_stat(content)
        if stat is None:
            return None
        return Running(
            pid=pid,
            name=stat.name,
            parent=stat.parent,
            started_ns=self._boot_ns + stat.started_ticks * TICK_NS,
            kernel_thread=_is_kernel_thread(content),
            groups=read_groups(read_bounded(self._proc / str(pid) / "cgroup", _MOST)),
        )

    def parents(self, pid: int) -> Iterator[int]:
        """Yield the pids of the parents, nearest first, up to the first process."""
        for _ in range(_MAX_PARENTS):
            found = read_stat(read_bounded(self._proc / str(pid) / "stat", _MOST))
            if found is None or found.parent == 0:
                return
            pid = found.parent
            yield pid

    def pids(self) -> Iterator[int]:
        """Yield the pids of all processes."""
        for place in self._proc.iterdir():
            if place.name.isdigit():
                yield int(place.name)


def own_part(path: str, container: str) -> str:
    """
    Return a group's path up to the part that is the container's own; nothing where none is.

    A container that may make groups can call one by a neighbour's id: what lies in another container
    is that one's. An id that is a word of another name (``def`` in ``default``) is none there.

    >>> own_part("/kubepods/pod1/" + "a" * 64 + "/inner", "a" * 64)[-3:]
    'aaa'
    >>> own_part("/../x", "x"), own_part("/default/def", "def"), own_part("/a-x.scope/b", "x")
    ('', '/default/def', '/a-x.scope')
    >>> own_part("/libpod-" + "b" * 64 + "/libpod-" + "a" * 64, "a" * 64)
    ''
    """
    parts = path.split("/")
    if not container or ".." in parts:
        return ""
    for position, part in enumerate(parts):
        if bears(part, container):
            return "/".join(parts[: position + 1])
        if in_another(part):
            return ""
    return ""


def in_another(name: str) -> bool:
    """Whether a group's name that is not the one looked for is a container's."""
    return _CONTAINER.search(name) is not None and _MONITOR not in name


def bears(name: str, container: str) -> bool:
    """
    Whether a group's name is the one that an engine gives to a container's: its monitor's is not.

    >>> [bears(name, "c1") for name in ("c1", "runc-c1.scope", "s:cri-containerd:c1", "c10", "xc1")]
    [True, True, True, False, False]
    >>> bears("libpod-conmon-c1.scope", "c1")
    False
    """
    whole = name.removesuffix(".scope")
    called = whole == container or whole.endswith((f"-{container}", f":{container}"))
    return called and _MONITOR not in whole


def read_bounded(path: Path, most: int) -> bytes:
    """Return the beginning of a file; nothing where it cannot be read."""
    try:
        with path.open("rb", buffering=0) as file:
            pieces, left = [], most
            while left > 0 and (piece := file.read(left)):
                pieces.append(piece)
                left -= len(piece)
            return b"".join(pieces)
    except (OSError, ValueError):
        return b""


def _is_kernel_thread(stat: bytes) -> bool:
    """Tell by the flags: the seventh field behind the name, which may hold anything but a last ``)``."""
    fields = stat.rpartition(b")")[2].split()
    return len(fields) > 6 and fields[6].isdigit() and bool(int(fields[6]) & _KERNEL_THREAD)
