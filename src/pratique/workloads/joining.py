"""
Join observations with who did them: observation → event.

The order of work matters: births of control groups first teach the index, births of processes the
table, DNS answers the names; then the event is made of what is known at that moment. Joining one
event costs a few look-ups in dictionaries; files are only read for what is new.
"""

from collections.abc import Iterable, Iterator
from posixpath import join, normpath
from typing import Protocol

from msgspec.structs import replace

from pratique.model.event import Event
from pratique.model.observation import (
    CgroupChanged,
    Elevated,
    Executed,
    HostPackageChanged,
    LoggedIn,
    Observation,
    Opened,
    Resolved,
    SocketUsed,
    UnitChanged,
)
from pratique.model.workload import Workload
from pratique.workloads.index import UNKNOWN
from pratique.workloads.monitors import PROGRAM, named
from pratique.workloads.names import Names
from pratique.workloads.processes import ProcessTable
from pratique.workloads.users import Users, place_of

_OF_THE_NODE = frozenset([LoggedIn, Elevated, UnitChanged, HostPackageChanged])
"""What the node itself tells, whichever process wrote it down."""
_MOST_NAMED = 65_536
_NOBODY = 0xFFFFFFFF
"""The login uid of what nobody began by logging in."""


class KnowsWorkloads(Protocol):
    """What a joiner asks: a live index, or a recording's."""

    def of(self, cgroup: int, cgroup_v1: int = 0) -> Workload | None:
        """Return the workload of a control group's ids."""

    def observe(self, act: CgroupChanged, now_ns: int) -> None:
        """Learn of a control group's birth or death."""

    def name(self, identity: str, name: str) -> None:
        """Learn what a container is called."""


class Joiner:
    """
    Join a stream of observations of one node, in the order of time.

    ``node`` names the node in every event.
    """

    def __init__(
        self, index: KnowsWorkloads, processes: ProcessTable, node: str, names: Names, users: Users
    ) -> None:
        self.index = index
        self.processes = processes
        self.names = names
        self._node = node
        self._users = users
        self._named: dict[tuple[str, int], tuple[int, str]] = {}

    def join(self, observation: Observation) -> Event:
        """Return an observation with its process, workload, user and the name of its other end."""
        act = observation.act
        kind = type(act)
        if kind is CgroupChanged:
            self.index.observe(act, observation.time_ns)  # type: ignore[arg-type]
        process = self.processes.see(observation)
        workload = None
        if observation.cgroup or observation.cgroup_v1:
            workload = self.index.of(observation.cgroup, observation.cgroup_v1)
        elif observation.pid and kind not in _OF_THE_NODE:
            workload = UNKNOWN
        if kind is Executed and process.name == PROGRAM and not (workload and workload.id):
            self._learn_name(act)  # type: ignore[arg-type]
        remote = local = ""
        if kind is SocketUsed:
            remote, local = self.names.of_ends(
                observation.cgroup,
                act.remote_address,  # type: ignore[union-attr]
                act.local_address,  # type: ignore[union-attr]
                observation.time_ns,
            )
        elif kind is Resolved:
            self.names.learn(observation.cgroup, act, observation.time_ns)  # type: ignore[arg-type]
        place = "" if workload is None else workload.id or place_of(workload, observation.pid)
        key = (place, observation.uid)
        named = self._named.get(key)
        if named is None or named[0] < observation.time_ns:
            named = self._name(key, observation, workload)
        if kind is Opened and act.fd < 0:  # type: ignore[union-attr]
            observation = _placed(observation, process.directory)
        login = ""
        if process.login_uid != _NOBODY:
            # Who logged in did so on the node, whatever container they began.
            login = self._users.name(process.login_uid, 0, None, observation.time_ns)
        return Event(observation, process, workload, self._node, named[1], remote, local, login)

    def anew(self, event: Event, now_ns: int) -> Event:
        """
        Return an event with what is known by now of its container and user; the same where that is nothing more.

        A control group's number is used again: another container than the event's is not its own.
        """
        seen, before = event.observation, event.workload
        if before is None:
            return event
        known = self.index.of(seen.cgroup, seen.cgroup_v1)
        if known is None or (before.id and known.id != before.id):
            return event
        user = event.user or self._users.name(seen.uid, seen.pid, known, now_ns)
        if known == before and user == event.user:
            return event
        return replace(event, workload=known, user=user)

    def _learn_name(self, act: Executed) -> None:
        told = named(act.arguments)
        if told is not None:
            self.index.name(*told)

    def _name(
        self, key: tuple[str, int], observation: Observation, workload: Workload | None
    ) -> tuple[int, str]:
        """Return the user's name and until when it holds."""
        if len(self._named) >= _MOST_NAMED:
            self._named.clear()
        now = observation.time_ns
        name, until = self._users.named(observation.uid, observation.pid, workload, now)
        found = self._named[key] = until, name
        return found

    def join_all(self, observations: Iterable[Observation]) -> Iterator[Event]:
        """Yield the events of a batch."""
        for observation in observations:
            yield self.join(observation)


def _placed(observation: Observation, directory: str) -> Observation:
    """
    Return an open that failed with an absolute path: the kernel found no file to tell the path of.

    ``..`` is taken by its letters; what is relative to another directory than the process's own is not told apart.
    """
    act = observation.act
    if not isinstance(act, Opened) or not act.given or not (directory + act.given).startswith("/"):
        return observation
    path = "/" + normpath(join(directory, act.given)).lstrip("/")
    return observation if path == act.path else replace(observation, act=replace(act, path=path))
