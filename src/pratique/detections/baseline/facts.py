"""
Say what one event tells of a workload, in the words of a baseline.

Learning, judging and trying out profiles all see an event through this module, so they cannot
disagree. Sources of the flags: open(2), socket(2).
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from pratique.detections.baseline.capabilities import used_by
from pratique.detections.baseline.generalising import argument_shape, name_pattern, path_pattern
from pratique.formats.syscall_names import known_calls, named
from pratique.model.baseline import Destination, Listening, ProcessSeen
from pratique.model.event import Event, Process
from pratique.model.observation import (
    Executed,
    Forked,
    Mapped,
    Opened,
    PathChanged,
    Resolved,
    SocketUsed,
    SyscallsSeen,
)
from pratique.model.workload import Workload

Value: TypeAlias = str | ProcessSeen | Destination | Listening


class Kind(StrEnum):
    """What sort of thing a workload does; each is a list of ``Baseline`` of the same name."""

    PROCESS = "processes"
    WRITE = "writes"
    LIBRARY = "libraries"
    DESTINATION = "destinations"
    LISTENING = "listens"
    NAME = "names"
    CAPABILITY = "capabilities"
    SYSCALL = "syscalls"


class Fact(Struct, frozen=True, gc=False):
    """One thing that a workload did."""

    kind: Kind
    value: Value


_WRITES = 0o3 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC."""
_UNIX, _IPV4, _IPV6 = 1, 2, 10
_STREAM, _DATAGRAM = 1, 2
_UDP = 17
_EPHEMERAL = 32768
SETUP = frozenset(
    {
        *(
            "mount",
            "umount2",
            "pivot_root",
            "move_mount",
            "open_tree",
            "fsopen",
            "fsconfig",
            "fsmount",
        ),
        *("fspick", "mount_setattr", "setns", "unshare", "sethostname", "setdomainname", "keyctl"),
        *("mknod", "mknodat", "chroot", "bpf", "seccomp"),
    }
)
"""
Calls by which a runtime makes a container, inside its control group, before the program begins.

The count of a control group holds them all; of the workload they are only where it is seen to call.
"""
_RUNTIMES = frozenset({"runc", "crun", "youki"})
_TO = frozenset({"connect", "sendto", "sendmsg", "sendmmsg"})
TYPES = frozenset(
    {
        *(
            "execve",
            "execveat",
            "open",
            "openat",
            "openat2",
            "creat",
            "mmap_exec",
            "dns",
            "syscalls",
        ),
        *("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"),
        *("link", "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmod", "fchmodat"),
        *("connect", "sendto", "sendmsg", "bind", "listen", "socket", "cap_capable", "chown"),
        *("fchown", "lchown", "fchownat", "setuid", "setresuid", "setgid", "setresgid", "capset"),
        *("setns", "unshare", "ptrace", "mount", "umount2", "init_module", "finit_module", "bpf"),
        *(
            "pivot_root",
            "move_mount",
            "open_tree",
            "fsopen",
            "fsmount",
            "keyctl",
            "mknod",
            "mknodat",
        ),
        *("chroot", "sethostname", "setdomainname"),
    }
)
"""Event types that tell something."""


def workload_name(workload: Workload) -> str:
    """
    Return what a workload is called from one run to the next.

    A pod by its controller and container, a service of Compose by its service, else the container.

    >>> workload_name(Workload(id="1", engine="x", name="app", pod="web-7d9f5c7b9-x2x4k", namespace="shop"))
    'shop/web/app'
    """
    labels = dict(workload.labels)
    if workload.pod:
        controller = labels.get("app.kubernetes.io/name") or _controller(workload.pod)
        return "/".join((workload.namespace, controller, workload.name))
    service = labels.get("com.docker.compose.service") or labels.get(
        "io.podman.compose.service", ""
    )
    project = labels.get("com.docker.compose.project", "")
    return f"{project}/{service}" if project and service else service or workload.name


def image_name(workload: Workload) -> str:
    """Return what the image of a workload is called in its baseline, now and later."""
    return workload.digest or workload.image_id


def facts(event: Event, machine: str = "x86_64") -> Iterator[Fact]:
    """Yield what an event tells; mostly nothing or one thing."""
    seen = event.observation
    act = seen.act
    if _is_runtime(event.process) and not isinstance(act, SyscallsSeen):
        return  # the engine's own work before the program begins: nothing of the workload
    if seen.type in known_calls(machine) and not isinstance(act, Forked):
        yield Fact(Kind.SYSCALL, seen.type)
    capability = used_by(event)
    if capability:
        yield Fact(Kind.CAPABILITY, capability)
    if isinstance(act, SocketUsed):
        yield from _sockets(event, act)
    elif isinstance(act, Resolved):
        if not act.response and act.name:
            yield Fact(Kind.NAME, name_pattern(act.name))
    elif isinstance(act, SyscallsSeen):
        for name in named(act.numbers, machine):
            if name not in SETUP:
                yield Fact(Kind.SYSCALL, name)
    elif seen.result >= 0:
        yield from _files(event)


def _files(event: Event) -> Iterator[Fact]:
    act = event.observation.act
    if isinstance(act, Opened):
        if act.flags & _WRITES and act.path.startswith("/"):
            yield Fact(Kind.WRITE, path_pattern(act.path))
    elif isinstance(act, Executed):
        yield Fact(Kind.PROCESS, _process(event, act))
    elif isinstance(act, Mapped):
        if act.path != event.process.path:
            yield Fact(Kind.LIBRARY, act.path[:512])
    elif isinstance(act, PathChanged):
        for path in (act.path, act.new_path):
            if path.startswith("/"):
                yield Fact(Kind.WRITE, path_pattern(path))


def _process(event: Event, act: Executed) -> ProcessSeen:
    parents = event.process.ancestors
    parent = ""
    if parents and parents[0].in_container:
        parent = parents[0].path or parents[0].name
    return ProcessSeen(
        path=act.path[:512],
        parent=parent[:512],
        arguments=_shape(event.process, act),
    )


def _shape(process: Process, act: Executed) -> str:
    """Return the shape of arguments; of a program of many names (busybox) the name too, in brackets."""
    shape = argument_shape(process.arguments or act.arguments[1:])
    called = (act.arguments[0] if act.arguments else "").rpartition("/")[2].lstrip("-")
    if not called or called == act.path.rpartition("/")[2]:
        return shape
    return f"[{argument_shape((called,))}] {shape}".rstrip()


def _is_runtime(process: Process) -> bool:
    """Return whether a process is the runtime that makes the container, with nothing of it above."""
    # Of a runtime that was copied from the node no path is told: its name is the kernel's then.
    if (process.path or process.name).rpartition("/")[2] not in _RUNTIMES:
        return False
    inside = (one.path or one.name for one in process.ancestors if one.in_container)
    return all(one.rpartition("/")[2] in _RUNTIMES for one in inside)


def _sockets(event: Event, act: SocketUsed) -> Iterator[Fact]:
    called = event.observation.type
    udp = act.protocol == _UDP or act.kind & 0xF == _DATAGRAM
    protocol = "udp" if udp else "tcp"
    if called in _TO and act.family == _UNIX and act.path:
        yield Fact(Kind.DESTINATION, Destination("unix:" + path_pattern(act.path), 0, "unix"))
    elif called in _TO and act.remote_address and act.family in (_IPV4, _IPV6):
        to = name_pattern(event.remote_name) or act.remote_address
        yield Fact(Kind.DESTINATION, Destination(to, act.remote_port, protocol))
    elif called == "listen" and act.local_port:
        yield Fact(Kind.LISTENING, Listening(_port(act.local_port)))
    elif called == "bind" and udp and act.local_port and event.observation.result >= 0:
        yield Fact(Kind.LISTENING, Listening(_port(act.local_port), "udp"))


def _port(port: int) -> int:
    return 0 if port >= _EPHEMERAL else port


def _controller(pod: str) -> str:
    """Return a pod's name without what its controller adds: ``-7d9f5c7b9-x2x4k``, ``-0``, ``-x2x4k``."""
    parts = pod.split("-")
    if len(parts) > 1 and (len(parts[-1]) == 5 or parts[-1].isdigit()):
        parts.pop()
        if len(parts) > 1 and 8 <= len(parts[-1]) <= 10 and any(map(str.isdigit, parts[-1])):
            parts.pop()
    return "-".join(parts)
