"""
Keep the processes of the node: who runs what, and whose child it is.

Filled from ``/proc`` once, then by the observations of births, executions and ends. A process
remembers its ancestors as they were, so a story stays whole when they exit. An ended process is
kept for a while, because its last events may come late. Laws: a pid that is used again is another
process, told by times; a pid that is not known is looked up once; all is bounded, and what was
forgotten early is counted. The look-up of one event is a dictionary's.
"""

from collections.abc import Callable

from msgspec.structs import replace

from pratique.model.event import Ancestor, Process
from pratique.model.observation import (
    Act,
    Called,
    Executed,
    Exited,
    Forked,
    IdentityChanged,
    Observation,
)
from pratique.workloads._slot import Ended, Slot
from pratique.workloads.interface import HostView
from pratique.workloads.naming import is_chosen
from pratique.workloads.process_files import Looked, look_up, pids

MOST_PROCESSES = 32_768
SWEEP_NS = 30_000_000_000
"""How often it is asked whether those that run are still there."""
_NODES_PIDS = "pid:[4026531836]"
"""The namespace of process numbers that the kernel makes at its start (PROC_PID_INIT_INO)."""
_SLACK_NS = 100_000_000
"""What times of one process may differ by: the ticks of ``/proc``, the order of an end."""
_LOOKUPS_PER_S = 500
_NOTHING: tuple[Ancestor, ...] = ()


class ProcessTable:
    """
    The processes of the node by pid.

    ``inside`` tells by its control groups' ids whether a process is in a container, ``inside_path``
    by their paths. Without a ``host`` (a replay) nothing is looked up.
    """

    def __init__(
        self,
        host: HostView | None,
        boot_ns: int,
        inside: Callable[[int, int], bool] = lambda two, one: False,
        inside_path: Callable[[str], bool] = lambda path: False,
        most: int = MOST_PROCESSES,
    ) -> None:
        self.evicted = 0
        self.unknown = 0
        self._host = host
        self._boot_ns = boot_ns
        self._inside = inside
        self._inside_path = inside_path
        self._most = most
        self._slots: dict[int, Slot] = {}
        self._ended = Ended()
        self._swept_ns = 0
        self._second = 0
        self._lookups = 0
        self._doubted: set[int] = set()
        self._handlers: dict[type[Act], Callable[[Observation], Process]] = {
            Executed: self._executed,
            Forked: self._forked,
            Exited: self._exited,
            IdentityChanged: self._identity_changed,
            Called: self._called,
        }

    def __len__(self) -> int:
        """Return how many processes are remembered, ended ones included."""
        return len(self._slots)

    def fill(self) -> None:
        """Learn the processes that run now."""
        if self._host is None:
            return
        found = {pid: look_up(self._host, pid, self._boot_ns) for pid in pids(self._host)}
        for pid, looked in found.items():
            if looked is not None and pid not in self._slots:
                self._keep_family(pid, found)

    def tell(self, process: Process, *, inside: bool = False) -> None:
        """Take a process that is there already, as a recording tells it."""
        parent = process.ancestors[0].pid if process.ancestors else 0
        self._keep(Slot(process, parent, inside=inside))

    def see(self, observation: Observation) -> Process:
        """Take what an observation says of processes, and return the one that did it."""
        handler = self._handlers.get(type(observation.act))
        if handler is None:
            slot = self._slots.get(observation.pid)
            if slot is not None and (
                not slot.ended_ns or observation.time_ns <= slot.ended_ns + _SLACK_NS
            ):
                if self._doubted and self._is_doubted(observation, slot):
                    return self._unknown(observation).process
                return slot.process
            return self._unknown(observation).process
        return handler(observation)

    def _is_doubted(self, observation: Observation, slot: Slot) -> bool:
        """Whether a process is to be looked up again, as it has another name than it had."""
        if observation.pid not in self._doubted or observation.comm == slot.process.name:
            return False
        self._doubted.discard(observation.pid)
        return True

    def get(self, pid: int) -> Process | None:
        """Return a process, None where it is not known."""
        slot = self._slots.get(pid)
        return slot.process if slot else None

    def is_inside(self, pid: int) -> bool:
        """Whether a process was in a container when it began or last ran something."""
        slot = self._slots.get(pid)
        return slot is not None and slot.inside

    def running(self) -> tuple[tuple[int, Process], ...]:
        """Return the processes that have not ended, each behind its parent's pid."""
        return tuple((one.parent, one.process) for one in self._slots.values() if not one.ended_ns)

    def sweep(self, now_ns: int) -> None:
        """
        Take as ended what is not there any more: an end that was lost would stay for ever.

        Only where ``/proc`` counts processes as the kernel does.
        """
        host = self._host
        if host is None or now_ns - self._swept_ns < SWEEP_NS:
            return
        self._swept_ns = now_ns
        if host.link("/proc/self/ns/pid") != _NODES_PIDS:
            return
        there = set(pids(host))
        for pid, slot in self._slots.items():
            if not slot.ended_ns and pid not in there:
                self._ended.note(slot, now_ns)
        self._forget(now_ns)

    def _slot(self, observation: Observation) -> Slot:
        slot = self._slots.get(observation.pid)
        if slot is None or (slot.ended_ns and observation.time_ns > slot.ended_ns + _SLACK_NS):
            return self._unknown(observation)
        return slot

    def _executed(self, observation: Observation) -> Process:
        act = observation.act
        slot = self._slots.get(observation.pid)
        if not isinstance(act, Executed) or observation.result < 0:
            return self._slot(observation).process
        name = observation.comm or act.path.rpartition("/")[2][:15]
        rest = " ".join(act.arguments[1:])
        line = self._line(observation, slot)
        process = Process(
            pid=observation.pid,
            name=name,
            path=act.path,
            executable=act.arguments[0] if act.arguments else act.called,
            arguments=act.arguments[1:],
            command_line=f"{name} {rest}" if rest else name,
            directory=act.directory,
            script=act.script,
            environment=act.environment,
            started_ns=slot.process.started_ns if slot else observation.time_ns,
            executed_ns=observation.time_ns,
            uid=observation.uid,
            gid=observation.gid,
            login_uid=act.login_uid,
            session=act.session,
            process_group=act.process_group,
            virtual_pid=act.virtual_pid,
            tty=act.tty,
            cap_effective=act.cap_effective,
            cap_permitted=act.cap_permitted,
            cap_inheritable=act.cap_inheritable,
            inode=act.inode,
            device=act.device,
            upper_layer=act.upper_layer,
            memfd=act.memfd,
            changed_ns=act.changed_ns,
            modified_ns=act.modified_ns,
            ancestors=line,
            chosen_name=is_chosen(name, act, line[0] if line else None),
        )
        inside = self._inside(observation.cgroup, observation.cgroup_v1)
        self._doubted.discard(observation.pid)
        self._keep(Slot(process, observation.parent_pid, inside=inside))
        return process

    def _forked(self, observation: Observation) -> Process:
        slot = self._slot(observation)
        act = observation.act
        if isinstance(act, Forked) and observation.result >= 0:
            slot.inside = inside = self._inside(observation.cgroup, observation.cgroup_v1)
            child = replace(
                slot.process,
                pid=act.child_pid,
                virtual_pid=act.child_virtual_pid,
                started_ns=observation.time_ns,
                ancestors=slot.line(),
            )
            self._keep(Slot(child, observation.pid, inside=inside))
        return slot.process

    def _exited(self, observation: Observation) -> Process:
        slot = self._slot(observation)
        act = observation.act
        if not isinstance(act, Exited):
            return slot.process
        began = slot.process.started_ns
        another = act.started_ns and began and abs(act.started_ns - began) > _SLACK_NS * 20
        if not slot.ended_ns and not (another and act.started_ns < began):
            self._ended.note(slot, observation.time_ns)
        self._forget(observation.time_ns)
        return slot.process

    def _identity_changed(self, observation: Observation) -> Process:
        slot = self._slot(observation)
        act = observation.act
        if not isinstance(act, IdentityChanged) or observation.result < 0:
            return slot.process
        known = slot.process
        capabilities = act.cap_effective | act.cap_permitted | act.cap_inheritable
        # Whoever becomes another user than root loses them all, unless it is told otherwise.
        told = observation.type == "capset" or bool(capabilities) or act.uid > 0
        slot.process = replace(
            known,
            uid=known.uid if act.uid < 0 else act.uid,
            gid=known.gid if act.gid < 0 else act.gid,
            cap_effective=act.cap_effective if told else known.cap_effective,
            cap_permitted=act.cap_permitted if told else known.cap_permitted,
            cap_inheritable=act.cap_inheritable if told else known.cap_inheritable,
        )
        return slot.process

    def _called(self, observation: Observation) -> Process:
        slot = self._slot(observation)
        act = observation.act
        if not isinstance(act, Called) or observation.result < 0:
            return slot.process
        if observation.type == "chdir" and act.text.startswith("/"):
            slot.process = replace(slot.process, directory=act.text)
        elif observation.type == "setsid":
            slot.process = replace(slot.process, session=observation.result, tty=0)
            slot.ancestor = None
        return slot.process

    def _line(self, observation: Observation, slot: Slot | None) -> tuple[Ancestor, ...]:
        """Return the ancestors at an execution: the parent may have become another program."""
        parent = self._slots.get(observation.parent_pid)
        if parent is not None:
            return parent.line()
        if slot is not None:
            return slot.process.ancestors
        if self._host is None or not observation.parent_pid:
            return _NOTHING
        looked = self._look(observation.parent_pid, observation.time_ns)
        return self._keep_looked(looked).line() if looked else _NOTHING

    def _unknown(self, observation: Observation) -> Slot:
        """Look up a process whose beginning was not seen, once; keep that it is not known."""
        looked = self._look(observation.pid, observation.time_ns)
        if looked is not None:
            slot = self._keep_looked(looked)
            if not _is_another_program(looked.process, observation):
                return slot
            # What it runs by now is no name for what it did before: the kernel told that one.
            if len(self._doubted) >= self._most:
                self._doubted.clear()
            self._doubted.add(observation.pid)
            process = replace(
                slot.process,
                name=observation.comm,
                path="",
                executable="",
                arguments=(),
                command_line=observation.comm,
                known=False,
            )
            return self._keep(Slot(process, slot.parent, inside=slot.inside))
        self.unknown += 1
        parent = self._slots.get(observation.parent_pid)
        process = Process(
            pid=observation.pid,
            name=observation.comm,
            command_line=observation.comm,
            uid=observation.uid,
            gid=observation.gid,
            ancestors=parent.line() if parent else _NOTHING,
            known=False,
        )
        inside = self._inside(observation.cgroup, observation.cgroup_v1)
        return self._keep(Slot(process, observation.parent_pid, inside=inside))

    def _look(self, pid: int, time_ns: int) -> Looked | None:
        """Return what ``/proc`` says of a pid, if that process was there at that time."""
        second = time_ns // 1_000_000_000
        if second != self._second:
            self._second, self._lookups = second, 0
        if self._host is None or pid <= 0 or self._lookups >= _LOOKUPS_PER_S:
            return None
        self._lookups += 1
        looked = look_up(self._host, pid, self._boot_ns)
        if looked is None or looked.process.started_ns > time_ns + _SLACK_NS:
            return None
        return looked

    def _keep_family(self, pid: int, found: dict[int, Looked | None]) -> None:
        """Keep a process of the first look after its ancestors."""
        line: list[Looked] = []
        while pid not in self._slots and (looked := found.get(pid)) is not None:
            found[pid] = None  # a pid that was used again meanwhile must not lead in circles
            line.append(looked)
            pid = looked.parent
        for looked in reversed(line):
            self._keep_looked(looked)

    def _keep_looked(self, looked: Looked) -> Slot:
        parent = self._slots.get(looked.parent)
        process = replace(looked.process, ancestors=parent.line()) if parent else looked.process
        inside = any(self._inside_path(path) for path in _paths(looked.groups))
        return self._keep(Slot(process, looked.parent, inside=inside))

    def _keep(self, slot: Slot) -> Slot:
        pid = slot.process.pid
        if pid not in self._slots and len(self._slots) >= self._most:
            self._evict()
        self._slots[pid] = slot
        return slot

    def _evict(self) -> None:
        self.evicted += 1
        if not any(map(self._drop, self._ended.all())):
            del self._slots[next(iter(self._slots))]

    def _forget(self, now_ns: int) -> None:
        for slot in self._ended.due(now_ns):
            self._drop(slot)

    def _drop(self, slot: Slot) -> bool:
        """Forget an ended process, unless another one has its pid."""
        pid = slot.process.pid
        if self._slots.get(pid) is not slot:
            return False
        del self._slots[pid]
        return True


def _is_another_program(looked: Process, observation: Observation) -> bool:
    """Whether a process has become another program since; threads have names of their own."""
    own = observation.tid in (0, observation.pid)
    return own and bool(observation.comm) and observation.comm != looked.name


def _paths(groups: dict[str, str]) -> set[str]:
    """Return the paths in the two hierarchies that tell containers: version 2, and ``pids``."""
    return {path for name, path in groups.items() if not name or "pids" in name.split(",")}
