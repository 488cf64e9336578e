"""
Know the control groups of the node by id: the two hierarchies, walked once and then kept current.

An id is the number of the group's folder. On a node with both versions, containers may have groups
in the old ``pids`` hierarchy alone, so both are known. A group that was not walked and whose birth
nobody told is looked up by its id, in one step where the kernel allows it. Groups that are gone are
remembered for a while, because events of their last moments come late.
Source: kernel ``fs/kernfs``, proc_pid_mountinfo(5), cgroups(7).
"""

from collections import deque

from pratique.formats.runtime.mountinfo import read_mounts
from pratique.workloads.containers import GRACE_NS
from pratique.workloads.interface import HostView

MOST_GROUPS = 65_536
MOST_DEPTH = 24
_MOST_MOUNTINFO = 8 << 20


class Hierarchy:
    """
    The groups of one hierarchy.

    ``mount`` is where it is mounted, empty where it is not; ``number`` what the kernel calls it (0
    for version 2), -1 where there is none.
    """

    def __init__(self, host: HostView, mount: str, number: int, most: int = MOST_GROUPS) -> None:
        self.mount = mount
        self.number = number
        self.evicted = 0
        self._host = host
        self._most = most
        self._paths: dict[int, str] = {}
        self._gone: deque[tuple[int, int, str]] = deque()

    def __len__(self) -> int:
        """Return how many groups are remembered."""
        return len(self._paths)

    def walk(self) -> None:
        """Learn all groups that are there now, widest first."""
        if not self.mount:
            return
        waiting = deque([("/", 0)])
        while waiting and len(self._paths) < self._most:
            path, depth = waiting.popleft()
            place = self.mount + path.rstrip("/")
            identity = self._host.inode(place)
            if identity:
                self._paths[identity] = path
            if depth < MOST_DEPTH:
                start = path.rstrip("/")
                waiting.extend((f"{start}/{name}", depth + 1) for name in self._host.folders(place))

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all groups that are remembered."""
        return tuple(self._paths.values())

    def path(self, identity: int) -> str:
        """Return the path of a group, empty where it is unknown."""
        known = self._paths.get(identity)
        if known is not None or not self.mount or not identity:
            return known or ""
        found = self._host.group_path(self.mount, identity)
        if found:
            self.born(identity, found)
        return found

    def born(self, identity: int, path: str) -> None:
        """Remember a group, in place of the oldest where there is no room."""
        if identity not in self._paths and len(self._paths) >= self._most:
            self._evict()
        self._paths[identity] = path

    def gone(self, identity: int, now_ns: int) -> str:
        """Note a group's end, return its path; it is forgotten after ``GRACE_NS``."""
        path = self._paths.get(identity, "")
        if path:
            self._gone.append((now_ns + GRACE_NS, identity, path))
        return path

    def forget(self, now_ns: int) -> frozenset[int]:
        """Forget the groups whose time has come; return their numbers."""
        forgotten = set()
        while self._gone and self._gone[0][0] <= now_ns:
            _, identity, path = self._gone.popleft()
            # Numbers are used again: only what still has this path is meant.
            if self._paths.get(identity) == path:
                del self._paths[identity]
                forgotten.add(identity)
        return frozenset(forgotten)

    def _evict(self) -> None:
        self.evicted += 1
        while self._gone:
            _, identity, path = self._gone.popleft()
            if self._paths.get(identity) == path:
                del self._paths[identity]
                return
        del self._paths[next(iter(self._paths))]


def hierarchies(host: HostView) -> tuple[Hierarchy, Hierarchy]:
    """Return the version 2 hierarchy and the ``pids`` one of version 1, each perhaps unmounted."""
    two = one = ""
    for mount in read_mounts(host.read("/proc/1/mountinfo", _MOST_MOUNTINFO) or b""):
        if mount.kind == "cgroup2" and not two and mount.root == "/":
            two = mount.point
        elif mount.kind == "cgroup" and "pids" in mount.options and not one and mount.root == "/":
            one = mount.point
    return Hierarchy(host, two, 0 if two else -1), Hierarchy(
        host, one, _number(host) if one else -1
    )


def _number(host: HostView) -> int:
    """Return the number of the hierarchy that has the controller ``pids``."""
    for line in (host.read("/proc/cgroups", 1 << 16) or b"").splitlines():
        fields = line.split()
        if len(fields) >= 2 and fields[0] == b"pids" and fields[1].isdigit():
            return int(fields[1])
    return -1
