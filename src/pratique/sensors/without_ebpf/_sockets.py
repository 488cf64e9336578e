"""
Find out which sockets are new, by looking at ``/proc`` again and again.

Each network namespace is looked at through one of its processes. A socket that was not there at the
last look is told once, with the process that holds it. What began and ended between two looks is
not seen; a socket whose holder has gone is counted.
"""

from collections.abc import Iterable, Iterator

from pratique.formats.runtime.socket_files import (
    LISTENING,
    NAMES,
    SocketRow,
    read_sockets,
)
from pratique.model.observation import SocketUsed
from pratique.sensors.without_ebpf._proc import Proc
from pratique.sensors.without_ebpf._tasks import Task

TYPES = frozenset({"connect", "accept", "listen", "bind"})
MOST_NAMESPACES = 1024
_MOST_HOLDERS = 8192
_MOST_BYTES = 8 << 20
_UDP = 17


class Sockets:
    """The sockets that were there at the last look; ``ownerless`` counts those without a holder."""

    def __init__(self, proc: Proc) -> None:
        self.ownerless = 0
        self._proc = proc
        self._known: dict[int, frozenset[tuple[int, int]]] = {}
        self._begun = False

    def look(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, str, SocketUsed]]:
        """Yield holder, event type and facts of what is new since the last look."""
        spaces: dict[int, list[Task]] = {}
        for task in tasks:
            if task.net:
                spaces.setdefault(task.net, []).append(task)
        for net, holders in list(spaces.items())[:MOST_NAMESPACES]:
            rows = self._rows(holders)
            before = self._known.get(net, frozenset())
            self._known[net] = frozenset((row.inode, row.state) for row in rows)
            if self._begun:
                yield from self._new(rows, before, holders)
        for gone in self._known.keys() - spaces.keys():
            del self._known[gone]
        self._begun = True

    def _rows(self, holders: list[Task]) -> list[SocketRow]:
        for task in holders:
            if self._proc.namespace(task.pid, "net") == task.net:
                return [
                    row
                    for name in NAMES
                    for row in read_sockets(
                        name, self._proc.read(f"{task.pid}/net/{name}", _MOST_BYTES)
                    )
                    if row.inode
                ]
        return []

    def _new(
        self, rows: list[SocketRow], before: frozenset[tuple[int, int]], holders: list[Task]
    ) -> Iterator[tuple[Task, str, SocketUsed]]:
        listening = {row.local_port for row in rows if row.state == LISTENING and row.local_port}
        known = {inode for inode, _ in before}
        found = {}
        for row in rows:
            became_one = (row.inode, row.state) not in before and row.state == LISTENING
            if row.inode not in known or became_one:
                kind = _type_of(row, listening)
                if kind:
                    found[row.inode] = kind, row
        if not found:
            return
        for task, fd, inode in self._holders(holders, set(found)):
            kind, row = found.pop(inode)
            yield task, kind, _used(row, fd)
        self.ownerless += len(found)

    def _holders(self, tasks: list[Task], inodes: set[int]) -> Iterator[tuple[Task, int, int]]:
        """Yield process, descriptor and inode of each, the youngest process first."""
        for task in sorted(tasks, key=lambda one: -one.started_ns)[:_MOST_HOLDERS]:
            for name in self._proc.names(f"{task.pid}/fd"):
                link = self._proc.link(f"{task.pid}/fd/{name}")
                if link.startswith("socket:["):
                    inode = int(link[8:-1])
                    if inode in inodes:
                        inodes.discard(inode)
                        yield task, int(name), inode
            if not inodes:
                return


def _type_of(row: SocketRow, listening: set[int]) -> str:
    """Return the call that such a socket comes of, nothing where it cannot be said."""
    if row.state == LISTENING:
        return "listen"
    if row.remote_port:
        accepted = row.protocol != _UDP and row.local_port in listening
        return "accept" if accepted else "connect"
    return "bind" if row.protocol == _UDP and row.local_port else ""


def _used(row: SocketRow, fd: int) -> SocketUsed:
    return SocketUsed(
        fd=fd,
        family=row.family,
        kind=row.kind,
        protocol=row.protocol,
        local_address=row.local_address,
        local_port=row.local_port,
        remote_address=row.remote_address,
        remote_port=row.remote_port,
        path=row.path,
    )
