"""Make recordings of a container that does a few things."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.recording.values import Header, WorkloadFact
from pratique.formats.recording.writing import RecordingWriter
from pratique.model.observation import (
    Act,
    Executed,
    Observation,
    Opened,
    SocketUsed,
    SyscallsSeen,
)
from pratique.model.workload import Workload
from tests.makers.happenings import SECOND, START, WEB

GROUP = 77
HONEST: tuple[tuple[str, Act], ...] = (
    ("execve", Executed("/usr/sbin/nginx", ("nginx", "-g", "daemon off;"))),
    ("openat", Opened("/run/nginx.pid", flags=1)),
    ("openat", Opened("/etc/nginx/nginx.conf")),
    ("listen", SocketUsed(family=2, local_port=80)),
    (
        "connect",
        SocketUsed(family=2, kind=1, remote_address="10.1.2.3", remote_port=5432),
    ),
    ("syscalls", SyscallsSeen((0, 1, 41, 42, 50, 59, 257))),
)
ATTACK: tuple[tuple[str, Act], ...] = (
    ("execve", Executed("/tmp/x", ("x",), upper_layer=True)),
    ("openat", Opened("/etc/cron.d/x", flags=1)),
    ("connect", SocketUsed(family=2, kind=1, remote_address="203.0.113.9", remote_port=4444)),
    ("syscalls", SyscallsSeen((101,))),
)


def record(
    path: Path,
    acts: Sequence[tuple[str, Act]],
    workload: Workload = WEB,
    redacted: bool = False,
    ended: bool = True,
) -> Path:
    """Write a recording of these acts of one container's process; return its path."""
    with path.open("wb") as file:
        writer = RecordingWriter(
            file.write, Header(node="node-1", sensor="ebpf", started_ns=START, redacted=redacted)
        )
        writer.workload(WorkloadFact(GROUP, 0, START, workload))
        for number, (kind, act) in enumerate(acts):
            seen = Observation(kind, act, START + number * SECOND, 500, comm="nginx")
            writer.observation(replace(seen, cgroup=GROUP, tid=500))
        if ended:
            writer.close(START + len(acts) * SECOND)
        else:
            writer.flush()
    return path
