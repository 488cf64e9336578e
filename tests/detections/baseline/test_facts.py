"""What one event tells of a workload."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind, Value, facts, workload_name
from pratique.model.baseline import Destination, Listening, ProcessSeen
from pratique.model.event import Event
from pratique.model.observation import (
    Act,
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
from tests.makers.happenings import WEB, acts, event, executed, process


def told(seen: Event) -> list[tuple[Kind, Value]]:
    return [(one.kind, one.value) for one in facts(seen) if one.kind is not Kind.SYSCALL]


SENT = SocketUsed(family=2, kind=1, remote_address="10.1.2.3", remote_port=443)


@pytest.mark.parametrize(
    ("seen", "kind", "value"),
    [
        (
            executed("/bin/x", "-p", "80", parents=("/bin/sh",)),
            Kind.PROCESS,
            ProcessSeen("/bin/x", "/bin/sh", "-p *"),
        ),
        (event("openat", Opened("/var/log/a-7.log", flags=0o2101)), Kind.WRITE, "/var/log/a-*.log"),
        (event("unlink", PathChanged("/tmp/x")), Kind.WRITE, "/tmp/x"),
        (event("mmap_exec", Mapped("/lib/a.so")), Kind.LIBRARY, "/lib/a.so"),
        (event("connect", SENT, result=-115), Kind.DESTINATION, Destination("10.1.2.3", 443)),
        (
            event("connect", SENT, remote_name="DB.example.org"),
            Kind.DESTINATION,
            Destination("db.example.org", 443),
        ),
        (
            event("sendto", SocketUsed(family=10, kind=2, remote_address="::1", remote_port=53)),
            Kind.DESTINATION,
            Destination("::1", 53, "udp"),
        ),
        (
            event("connect", SocketUsed(family=1, path="/run/docker.sock")),
            Kind.DESTINATION,
            Destination("unix:/run/docker.sock", 0, "unix"),
        ),
        (event("listen", SocketUsed(family=2, local_port=80)), Kind.LISTENING, Listening(80)),
        (
            event("bind", SocketUsed(family=2, kind=2, local_port=40001)),
            Kind.LISTENING,
            Listening(0, "udp"),
        ),
        (event("dns", Resolved("A-1.Example.org.")), Kind.NAME, "a-*.example.org"),
    ],
)
def test_what_is_told(seen: Event, kind: Kind, value: Value) -> None:
    assert (kind, value) in told(seen)


@pytest.mark.parametrize(
    "seen",
    [
        event("openat", Opened("/etc/passwd")),
        event("openat", Opened("/x", flags=1), result=-13),
        event("dns", Resolved("example.org", response=True)),
        event("mmap_exec", Mapped("/bin/sh"), process("/bin/sh")),
        event("recvfrom", SENT),
    ],
)
def test_what_tells_nothing(seen: Event) -> None:
    assert told(seen) == []


def test_a_program_of_many_names_is_told_by_its_name() -> None:
    act = Executed("/bin/busybox", ("cat", "/data/7"))
    seen = event("execve", act, process("/bin/busybox", 7, arguments=("/data/7",)))
    assert told(seen) == [(Kind.PROCESS, ProcessSeen("/bin/busybox", "", "[cat] /data/*"))]


def test_what_the_runtime_does_before_the_program_begins_is_not_the_workloads() -> None:
    write = Opened("/run/runc/x/exec.fifo", flags=1)
    assert told(event("openat", write, process("/usr/bin/runc", 7, "/usr/bin/runc"))) == []
    assert told(event("openat", write, process("/tmp/runc", 7, "/usr/bin/runc", "/bin/sh")))
    nameless = replace(process("/usr/sbin/runc", 7), path="")
    assert told(event("openat", write, nameless)) == []
    forked = event("fork", Forked(9))
    assert list(facts(forked)) == []


def test_what_makes_a_container_counts_only_where_the_workload_does_it() -> None:
    """The count of a control group holds what the runtime called before the program began."""
    seen = event("syscalls", SyscallsSeen((0, 165, 272)))
    assert [one.value for one in facts(seen)] == ["read"]
    own = event("unshare", Opened("x"))
    assert Fact(Kind.SYSCALL, "unshare") in list(facts(own))


def test_system_calls_have_names_by_machine() -> None:
    seen = event("syscalls", SyscallsSeen((0, 59)))
    assert [one.value for one in facts(seen)] == ["execve", "read"]
    assert [one.value for one in facts(seen, "aarch64")] == ["io_setup", "pipe2"]


@pytest.mark.parametrize(
    ("workload", "name"),
    [
        (WEB, "web"),
        (replace(WEB, pod="web-0", namespace="shop"), "shop/web/web"),
        (replace(WEB, pod="job-x2x4k", namespace="a"), "a/job/web"),
        (replace(WEB, labels=(("com.docker.compose.service", "db"),)), "db"),
    ],
)
def test_a_workload_has_one_name_over_its_runs(workload: Workload, name: str) -> None:
    assert workload_name(workload) == name


@given(acts)
def test_any_act_is_told_or_not(act: Act) -> None:
    assert all(one.kind in Kind for one in facts(event("x", act)))
