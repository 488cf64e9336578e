"""
Keep what is needed of each process to say who did something: ids, control groups, namespaces.

Filled by births, so that a process that lived too short to be looked up has at least what its
parent had. Bounded: where there is no room, the oldest is forgotten and looked up again when needed.
"""

import os
from collections.abc import Collection, Sequence

from pratique.formats.runtime.process_files import (
    read_arguments,
    read_groups,
    read_stat,
    read_status,
)
from pratique.model.observation import Act, Executed, Observation
from pratique.sensors._filters import VARIABLES, chosen
from pratique.sensors.without_ebpf._proc import Proc, in_upper
from pratique.sensors.without_ebpf._views import NOTHING, View, Views

MOST_TASKS = 32_768
_TICK_NS = 1_000_000_000 // 100
_MOST_ARGUMENTS = 16_384
_COMM = 15
_ENGINES = ("runc", "crun", "youki", "conmon", "containerd-shim")
"""What makes the first process of a container, and moves it into its group meanwhile."""


class Task:
    """One process as far as it is known; ``ended_ns`` is 0 while it runs."""

    __slots__ = (
        "cgroup",
        "cgroup_v1",
        "comm",
        "ended_ns",
        "gid",
        "mounts",
        "net",
        "parent",
        "pid",
        "pids",
        "started_ns",
        "uid",
        "view",
        "virtual_pid",
    )

    def __init__(self, pid: int, parent: int = 0) -> None:
        self.pid, self.parent = pid, parent
        self.uid = self.gid = self.cgroup = self.cgroup_v1 = self.mounts = self.pids = 0
        self.started_ns = self.ended_ns = self.virtual_pid = self.net = 0
        self.comm = ""
        self.view: View = NOTHING

    def child(self, pid: int, now_ns: int) -> "Task":
        """Return a child that has what this process has."""
        made = Task(pid, self.pid)
        made.uid, made.gid, made.comm = self.uid, self.gid, self.comm
        made.cgroup, made.cgroup_v1 = self.cgroup, self.cgroup_v1
        made.mounts, made.pids, made.view = self.mounts, self.pids, self.view
        made.net = self.net
        made.started_ns = now_ns
        return made


class Groups:
    """Turn the paths of control groups into ids: the numbers of their folders."""

    def __init__(self, proc: Proc) -> None:
        self._places = _mounted(proc)
        self._ids: dict[tuple[str, str], int] = {}

    def ids(self, groups: dict[str, str]) -> tuple[int, int]:
        """Return the id in version 2 and in the ``pids`` hierarchy of version 1; 0: there is none."""
        one = next((path for name, path in groups.items() if "pids" in name.split(",")), "")
        return self._id("", groups.get("", "")), self._id("pids", one)

    def _id(self, which: str, path: str) -> int:
        place = self._places.get(which)
        if not place or not path:
            return 0
        key = which, path
        found = self._ids.get(key)
        if found is None:
            try:
                found = os.stat(place + path).st_ino  # noqa: PTH116 - once for each group
            except OSError:
                return 0
            if len(self._ids) >= MOST_TASKS:
                self._ids.clear()
            self._ids[key] = found
        return found


class Tasks:
    """The processes that are known."""

    def __init__(self, proc: Proc, boot_ns: int) -> None:
        self._proc = proc
        self._boot_ns = boot_ns
        self.views = Views(proc)
        self._groups = Groups(proc)
        self._known: dict[int, Task] = {}
        self._variables: frozenset[str] = frozenset(VARIABLES)

    def want(self, variables: Collection[str]) -> None:
        """Tell these variables of the environment too, beside those that are always told."""
        self._variables = frozenset(VARIABLES).union(variables)

    def get(self, pid: int, *, gone: bool = False) -> Task:
        """Return a process, looked up if it is not known and not gone."""
        found = self._known.get(pid)
        if found is None:
            found = Task(pid)
            if not gone:
                self._look(found)
            self._keep(found)
        return found

    def born(self, parent: int, pid: int, now_ns: int) -> Task:
        """Take a birth; return the child."""
        mother = self.get(parent)
        # An engine is moved into the container's group before it makes the container's process.
        self._join_groups(mother)
        return self._keep(mother.child(pid, now_ns))

    def ended(self, pid: int, now_ns: int) -> Task:
        """Take an end; the process stays known until its number is used again."""
        found = self.get(pid, gone=True)
        found.ended_ns = now_ns
        return found

    def all(self) -> list[Task]:
        """Return the processes that run."""
        return [one for one in self._known.values() if not one.ended_ns]

    def forget(self) -> None:
        """Forget everything: something was lost, and what is known may be of another process."""
        self._known.clear()

    def executed(self, pid: int, opened: Sequence[str] = ()) -> tuple[Task, Executed]:
        """
        Take an execution: read what runs now, or what is left of it.

        ``opened`` is what the process opened for execution since its last one, in that order: a
        script, its interpreter, the loader.
        """
        task = self.get(pid)
        # What ends soonest is read first. Between two equal answers nothing else took over.
        path = self._proc.link(f"{pid}/exe")
        arguments = self._proc.read(f"{pid}/cmdline", _MOST_ARGUMENTS + 1)
        if not path or self._proc.link(f"{pid}/exe") != path:
            return task, _short_lived(task, opened)
        if not self._look(task):
            task.comm = path.rpartition("/")[2][:_COMM]
        return task, self._act(task, path.removesuffix(" (deleted)"), opened, arguments)

    def _act(self, task: Task, path: str, opened: Sequence[str], arguments: bytes) -> Executed:
        proc, pid = self._proc, task.pid
        stat = read_stat(proc.read(f"{pid}/stat"))
        status = read_status(proc.read(f"{pid}/status"))
        variables = read_arguments(proc.read(f"{pid}/environ", 1 << 18))
        login = proc.read(f"{pid}/loginuid", 32).strip()
        file = proc.stat(f"{pid}/exe")
        script = opened[0] if len(opened) > 1 and path in opened[1:] and opened[0] != path else ""
        return Executed(
            path=path,
            arguments=read_arguments(arguments),
            called=script or path,
            script=script,
            environment=chosen(variables, self._variables),
            directory=proc.link(f"{pid}/cwd"),
            inode=file.st_ino if file else 0,
            device=file.st_dev if file else 0,
            upper_layer=in_upper(task.view.upper, script or path),
            memfd=path.startswith("/memfd:"),
            cap_effective=status.cap_effective,
            cap_permitted=status.cap_permitted,
            cap_inheritable=status.cap_inheritable,
            tty=stat.tty if stat else 0,
            login_uid=int(login) if login.isdigit() and len(login) < 11 else 0xFFFFFFFF,
            session=stat.session if stat else 0,
            process_group=stat.process_group if stat else 0,
            virtual_pid=status.virtual_pid,
            changed_ns=file.st_ctime_ns if file else 0,
            modified_ns=file.st_mtime_ns if file else 0,
            cut=len(arguments) > _MOST_ARGUMENTS or file is None,
        )

    def _look(self, task: Task) -> bool:
        """Fill in what ``/proc`` says; return whether the process is there."""
        proc, pid = self._proc, task.pid
        stat = read_stat(proc.read(f"{pid}/stat"))
        if stat is None:
            return False
        status = read_status(proc.read(f"{pid}/status"))
        task.parent, task.comm = stat.parent, stat.name[:_COMM]
        task.started_ns = task.started_ns or self._boot_ns + stat.started_ticks * _TICK_NS
        task.uid, task.gid, task.virtual_pid = status.uid, status.gid, status.virtual_pid
        self._join_groups(task)
        task.mounts = proc.namespace(pid, "mnt") or task.mounts
        task.pids = proc.namespace(pid, "pid") or task.pids
        task.net = proc.namespace(pid, "net") or task.net
        task.view = self.views.of(pid, task.mounts) if task.mounts else task.view
        return True

    def _join_groups(self, task: Task) -> None:
        groups = read_groups(self._proc.read(f"{task.pid}/cgroup"))
        if groups:
            task.cgroup, task.cgroup_v1 = self._groups.ids(groups)

    def _keep(self, task: Task) -> Task:
        if task.pid not in self._known and len(self._known) >= MOST_TASKS:
            del self._known[next(iter(self._known))]
        self._known[task.pid] = task
        return task


def _short_lived(task: Task, opened: Sequence[str]) -> Executed:
    """Return what is known of a program that ended before it could be looked up."""
    loaders = ("ld-", "ld.so", "ld64")
    programs = [one for one in opened if not one.rpartition("/")[2].startswith(loaders)]
    path = programs[-1] if programs else ""
    script = programs[0] if len(programs) > 1 else ""
    if task.comm.startswith(_ENGINES):
        # It is in a container by now, nobody can say in which: that is unknown, not the node.
        task.cgroup = task.cgroup_v1 = 0
        task.view = NOTHING
    if path:
        task.comm = (script or path).rpartition("/")[2][:_COMM]
    upper = in_upper(task.view.upper, script or path)
    return Executed(path, called=script or path, script=script, upper_layer=upper, cut=True)


def _mounted(proc: Proc) -> dict[str, str]:
    """Return where the two hierarchies are mounted that tell containers."""
    found: dict[str, str] = {}
    for line in proc.read("self/mounts", 1 << 20).decode(errors="surrogateescape").splitlines():
        fields = line.split(" ")
        if len(fields) < 4:
            continue
        if fields[2] == "cgroup2":
            found.setdefault("", fields[1])
        elif fields[2] == "cgroup" and "pids" in fields[3].split(","):
            found.setdefault("pids", fields[1])
    return found


def observed(
    kind: str, act: Act, task: Task, time_ns: int, tid: int = 0, result: int = 0
) -> Observation:
    """Return an observation of what a process did; its number is given when it is handed out."""
    return Observation(
        kind,
        act,
        time_ns,
        task.pid,
        tid or task.pid,
        task.parent,
        task.uid,
        task.gid,
        task.cgroup,
        task.cgroup_v1,
        task.mounts,
        task.pids,
        task.comm,
        result,
    )
