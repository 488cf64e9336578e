"""The table knows who runs what and whose child it is, through ends, reuse and losses."""

import pytest

from pratique.model.event import MAX_ANCESTORS, Ancestor, Process
from pratique.model.observation import (
    Called,
    Executed,
    Exited,
    Forked,
    IdentityChanged,
    Observation,
    Opened,
)
from pratique.workloads._slot import GRACE_NS
from pratique.workloads.processes import SWEEP_NS, ProcessTable
from tests.makers.node import Node

BOOT = 1_000_000_000_000
NOW = BOOT + 100_000_000_000
SECOND = 1_000_000_000


def said(act, pid, kind="x", at=0, **more):
    """Return an observation, ``at`` ns from now."""
    return Observation(kind, act, NOW + at, pid, more.pop("tid", pid), **more)


def ran(pid, name, at=0, arguments=("-x",), **more):
    """Return an execution."""
    act = Executed(f"/bin/{name}", (name, *arguments), session=more.pop("session", 0))
    return said(act, pid, "execve", at, comm=name, **more)


def opened(pid, at=0, **more):
    """Return an event of a kind that changes nothing."""
    return said(Opened("/etc/x"), pid, "openat", at, **more)


@pytest.fixture
def table():
    """Return an empty table that looks nothing up."""
    return ProcessTable(None, BOOT)


def test_an_execution(table):
    """What runs is what was executed, for this and the later events."""
    process = table.see(ran(7, "sh", uid=5, parent_pid=1))
    assert (process.name, process.path, process.executable) == ("sh", "/bin/sh", "sh")
    assert (process.arguments, process.command_line, process.uid) == (("-x",), "sh -x", 5)
    assert table.see(opened(7)) is table.get(7) is process
    assert table.see(ran(7, "nc", at=5)).started_ns == NOW


def test_a_failed_execution(table):
    """What could not be run changes nothing."""
    table.see(ran(7, "sh"))
    assert table.see(ran(7, "nc", result=-2)).name == "sh"


def test_ancestors(table):
    """A child remembers its parents as they were, nearest first, after their ends."""
    table.see(ran(7, "sshd", session=7))
    table.see(said(Forked(8, 3), 7, "fork"))
    table.see(ran(8, "bash", at=1, parent_pid=7))
    table.see(said(Forked(9), 8, "fork", 2))
    table.see(said(Exited(0), 7, "procexit", 3))
    table.see(said(Exited(0), 8, "procexit", 3))
    table.see(said(Exited(0), 99, "procexit", 4 + GRACE_NS))
    assert table.get(7) is table.get(8) is None

    child = table.see(opened(9, GRACE_NS))
    assert [one.name for one in child.ancestors] == ["bash", "sshd"]
    assert [one.session_leader for one in child.ancestors] == [False, True]
    run = table.see(ran(9, "nc", GRACE_NS, parent_pid=1))
    assert [one.command_line for one in run.ancestors] == ["bash -x", "sshd -x"]


def test_a_parent_that_became_another(table):
    """An execution asks what the parent is now."""
    table.see(ran(7, "runc"))
    table.see(said(Forked(8), 7, "fork"))
    table.see(ran(7, "sh", at=1))
    assert table.see(opened(8, 2)).ancestors[0].name == "runc"
    assert table.see(ran(8, "ls", at=3, parent_pid=7)).ancestors[0].name == "sh"


def test_a_long_line(table):
    """Ancestors are bounded."""
    table.see(ran(100, "sh"))
    for pid in range(100, 140):
        table.see(said(Forked(pid + 1), pid, "fork"))
    process = table.get(140)
    assert process is not None
    assert [one.pid for one in process.ancestors] == list(range(139, 139 - MAX_ANCESTORS, -1))


def test_containers():
    """An ancestor knows whether it was in a container: where a container's line begins."""
    table = ProcessTable(None, BOOT, inside=lambda two, one: two == 5)
    table.see(ran(7, "conmon", cgroup=1))
    table.see(said(Forked(8), 7, "fork", cgroup=1))
    table.see(ran(8, "sh", at=1, cgroup=5, parent_pid=7))
    table.see(said(Forked(9), 8, "fork", 2, cgroup=5))
    process = table.get(9)
    assert process is not None
    assert [one.in_container for one in process.ancestors] == [True, False]


def test_a_pid_that_is_used_again(table):
    """A birth replaces; so does an event after the end, when the birth was lost."""
    table.see(ran(7, "old"))
    table.see(said(Exited(0), 7, "procexit", 10))
    assert table.see(opened(7, 5)).name == "old"
    assert table.see(opened(7, 11)).name == "old"  # its last moments, told in disorder
    later = table.see(opened(7, SECOND, comm="new"))
    assert (later.name, later.known) == ("new", False)

    table.see(ran(1, "init"))
    table.see(said(Forked(7), 1, "fork", 2 * SECOND))
    assert table.see(opened(7, 2 * SECOND)).name == "init"
    # The old process's time comes, and takes nothing of the new one.
    table.see(said(Exited(0), 99, "procexit", 20 + GRACE_NS))
    assert table.get(7) is not None


def test_a_late_end_of_an_earlier_process(table):
    """The end of a process that began before this one is not this one's."""
    table.see(said(Forked(7), 1, "fork", 0))
    table.see(said(Exited(0, NOW - 60 * SECOND), 7, "procexit", 1))
    assert [process.pid for _, process in table.running()] == [1, 7]


def test_threads(table):
    """A thread's events are its process's; the last thread ends it, the first or another."""
    table.see(ran(7, "java"))
    assert table.see(opened(7, SECOND, tid=71, comm="worker-1")).name == "java"
    table.see(said(Exited(0), 7, "procexit", 2 * SECOND, tid=71))
    assert 7 not in [pid for pid, _ in table.running()]


def test_identity(table):
    """Ids change as they are told; a failure changes nothing."""
    table.see(ran(7, "su", uid=1000))
    table.see(said(IdentityChanged(uid=0, cap_effective=9), 7, "setuid"))
    known = table.get(7)
    assert known is not None
    assert (known.uid, known.gid, known.cap_effective) == (0, 0, 9)
    table.see(said(IdentityChanged(uid=5), 7, "setuid", result=-1))
    table.see(said(IdentityChanged(gid=6), 7, "setgid"))
    known = table.get(7)
    assert known is not None
    assert (known.uid, known.gid, known.cap_effective) == (0, 6, 9)
    table.see(said(IdentityChanged(), 7, "capset"))
    known = table.get(7)
    assert known is not None
    assert known.cap_effective == 0


def test_rights_that_go_with_the_user(table):
    """Whoever becomes another user than root loses its capabilities, and keeps those it is told."""
    for rights in (0, 2):
        table.see(ran(7, "nginx"))
        table.see(said(IdentityChanged(cap_effective=9), 7, "capset"))
        table.see(said(IdentityChanged(uid=33, cap_effective=rights), 7, "setuid"))
        known = table.get(7)
        assert known is not None
        assert (known.uid, known.cap_effective) == (33, rights)


def test_directory_and_session(table):
    """Chdir and setsid are heeded."""
    table.see(ran(7, "sh"))
    table.see(said(Called(text="/tmp"), 7, "chdir"))
    table.see(said(Called(), 7, "setsid", result=7))
    table.see(said(Called(text="/no"), 7, "chdir", result=-2))
    known = table.get(7)
    assert known is not None
    assert (known.directory, known.session) == ("/tmp", 7)


def test_what_ran_before(tmp_path):
    """The first look learns everything with its ancestors; a pid in a circle ends it."""
    node = Node(tmp_path)
    node.process(1, parent=0, name="init")
    node.process(60, parent=50, name="child")
    node.process(50, "8:pids:/docker/x\n4:memory:/odd\n0::/\n", parent=1, name="mother")
    node.process(80, parent=81)
    node.process(81, parent=80)
    table = ProcessTable(node.host, BOOT, inside_path=lambda path: path in ("/docker/x", "/odd"))
    table.fill()

    process = table.get(60)
    assert process is not None
    assert [(one.name, one.in_container) for one in process.ancestors] == [
        ("mother", True),
        ("init", False),
    ]
    assert len(table) == 5


def test_only_the_two_hierarchies_tell(tmp_path):
    """What the others are called says nothing of containers."""
    node = Node(tmp_path)
    node.process(50, "8:pids:/\n4:memory:/odd\n0::/\n", name="mother")
    node.process(60, parent=50)
    table = ProcessTable(node.host, BOOT, inside_path=lambda path: path == "/odd")
    table.fill()
    process = table.get(60)
    assert process is not None
    assert not process.ancestors[0].in_container


def test_what_was_missed(tmp_path):
    """An unknown process is looked up once; one that began later is another one."""
    node = Node(tmp_path)
    node.process(70, started=100, name="cron")
    table = ProcessTable(node.host, BOOT)
    assert table.see(opened(70)).name == "cron"
    node.process(70, started=100, name="other")
    assert table.see(opened(70)).name == "cron"

    node.process(71, started=20_000, name="later")
    earlier = table.see(opened(71, comm="gone", parent_pid=70))
    assert (earlier.name, earlier.known) == ("gone", False)
    assert [one.name for one in earlier.ancestors] == ["cron"]
    assert table.unknown == 1


def test_what_a_missed_process_did_before_it_became_another_program(tmp_path):
    """A runtime's helper is not taken for the program that it begins, only because nobody saw it begin."""
    node = Node(tmp_path)
    node.process(70, started=100, name="python3")
    table = ProcessTable(node.host, BOOT)
    for at in range(3):
        before = table.see(opened(70, at, comm="runc:[2:INIT]"))
        assert (before.name, before.command_line, before.known) == (
            *("runc:[2:INIT]", "runc:[2:INIT]"),
            False,
        )
    after = table.see(opened(70, 5, comm="python3"))
    assert (after.name, after.known) == ("python3", True)
    assert table.see(opened(70, 6, comm="renamed")).name == "python3"

    thread = ProcessTable(node.host, BOOT)
    assert thread.see(opened(70, tid=71, comm="worker-1")).name == "python3"


def test_a_parent_that_was_missed(tmp_path):
    """An execution by a process that nothing is known of asks for its parent."""
    node = Node(tmp_path)
    node.process(70, name="cron")
    table = ProcessTable(node.host, BOOT)
    assert [one.name for one in table.see(ran(71, "sh", parent_pid=70)).ancestors] == ["cron"]


def test_look_ups_are_bounded(tmp_path):
    """A flood of unknown processes costs a bounded number of look-ups a second."""
    node = Node(tmp_path)
    for pid in range(1000, 1600):
        node.process(pid)
    table = ProcessTable(node.host, BOOT)
    known = [table.see(opened(pid)).known for pid in range(1000, 1600)]
    assert known.count(True) == 500
    assert table.see(opened(1599, SECOND)).known is False  # once is once


def test_a_lost_end(tmp_path):
    """Who is not there any more has ended; nobody is asked where /proc counts otherwise."""
    node = Node(tmp_path)
    node.process(70)
    table = ProcessTable(node.host, BOOT)
    for pid in (70, 71):
        table.see(ran(pid, "sh"))

    table.sweep(NOW)
    assert [process.pid for _, process in table.running()] == [70, 71]

    (tmp_path / "proc/self/ns").mkdir(parents=True)
    (tmp_path / "proc/self/ns/pid").symlink_to("pid:[4026531836]")
    table.sweep(NOW + SWEEP_NS)
    assert [process.pid for _, process in table.running()] == [70]
    assert table.get(71) is not None
    table.sweep(NOW + 2 * SWEEP_NS)
    assert table.get(71) is None


def test_bounds():
    """Ended processes go first, then the oldest; counted."""
    table = ProcessTable(None, BOOT, most=3)
    for pid in (1, 2, 3):
        table.see(ran(pid, f"p{pid}"))
    table.see(said(Exited(0), 3, "procexit", 1))
    table.see(ran(4, "p4", at=2))
    assert [process.pid for _, process in table.running()] == [1, 2, 4]
    table.see(ran(5, "p5", at=3))
    assert [process.pid for _, process in table.running()] == [2, 4, 5]
    assert table.evicted == 2


def test_a_process_that_a_recording_tells_is_known():
    """With its ancestors and where it runs, as the parent of what it starts."""
    table = ProcessTable(None, 0)
    table.tell(Process(50, "sh", ancestors=(Ancestor(1, "init"),)), inside=True)
    assert table.is_inside(50)
    table.see(ran(51, "id", parent_pid=50))

    known = table.get(51)
    assert known is not None
    ancestors = [(one.name, one.in_container) for one in known.ancestors]
    assert ancestors == [("sh", True), ("init", False)]


def test_a_name_that_was_chosen(table):
    """A link's name is no name of the file, for the process and for its children."""
    act = Executed("/bin/dash", ("buildah",), called="/tmp/buildah")
    process = table.see(said(act, 7, "execve", comm="buildah"))
    child = table.see(ran(8, "sh", parent_pid=7))

    assert process.chosen_name
    assert child.ancestors[0].chosen_name
    assert not child.chosen_name
