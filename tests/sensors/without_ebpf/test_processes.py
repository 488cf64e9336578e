"""Messages of the connector become observations with what is known of the process."""

from pathlib import Path

from pratique.formats.proc_connector import Kind, Message
from pratique.model.observation import (
    Called,
    Exited,
    Forked,
    IdentityChanged,
    Observation,
    ProcessTouched,
)
from pratique.sensors.without_ebpf._processes import Processes
from pratique.sensors.without_ebpf._tasks import Tasks
from tests.sensors.without_ebpf.node import add_process, proc


def told(root: Path, *messages: Message) -> list[Observation]:
    """Return what messages tell on a node where the process 70 runs."""
    add_process(root, 70)
    return list(Processes(Tasks(proc(root), 0), 1000).take(messages))


def message(
    kind: Kind, pid: int, *numbers: int, time_ns: int = 5, tid: int = 0, text: str = ""
) -> Message:
    """Return a message of a process."""
    return Message(kind, 0, 0, time_ns, tid or pid, pid, numbers, text)


def test_a_life(tmp_path: Path) -> None:
    """Birth, change of user, end: each with the ids of its moment."""
    born, changed, ended = told(
        tmp_path,
        message(Kind.FORK, 70, 71, 71),
        message(Kind.UID, 71, 0, 1000, time_ns=6),
        message(Kind.EXIT, 71, 256, 17, time_ns=7),
    )
    assert (born.type, born.pid, born.result, born.act) == ("fork", 70, 71, Forked(71))
    assert (changed.type, changed.act, changed.uid) == ("setuid", IdentityChanged(uid=1000), 0)
    assert (ended.type, ended.uid, ended.parent_pid) == ("procexit", 1000, 70)
    assert ended.act == Exited(256, 1005)
    assert [one.time_ns for one in (born, changed, ended)] == [1005, 1006, 1007]


def test_threads(tmp_path: Path) -> None:
    """Their births and ends are not told; what they do is, with their number."""
    found = told(
        tmp_path,
        message(Kind.FORK, 70, 71, 70),
        message(Kind.EXIT, 70, 0, 0, tid=71),
        message(Kind.GID, 70, 0, 9, tid=71),
    )
    assert [(one.type, one.tid, one.pid) for one in found] == [("setgid", 71, 70)]


def test_the_others(tmp_path: Path) -> None:
    """Sessions, names and tracing; a tracer that lets go is not told, nor what is not known."""
    session, name, traced = told(
        tmp_path,
        message(Kind.SESSION, 70),
        message(Kind.COMM, 70, text="new"),
        message(Kind.PTRACE, 71, 70, 70),
        message(Kind.PTRACE, 71, 0, 0),
        message(Kind.COREDUMP, 70),
        message(Kind.ANSWER, 0, 0),
    )
    assert (session.type, session.act, session.result) == ("setsid", Called(), 70)
    assert (name.act, name.comm) == (Called((15,), "new"), "sh")
    assert (traced.type, traced.pid, traced.act) == ("ptrace", 70, ProcessTouched(71))
    assert traced.comm == "new"


def test_what_was_opened(tmp_path: Path) -> None:
    """It belongs to the next execution only, each file once."""
    add_process(tmp_path, 70)
    processes = Processes(Tasks(proc(tmp_path), 0), 0)
    for path in ("/s", "/s", str(tmp_path / "programs/sh")):
        processes.opened(70, path)
    first, second = processes.take([message(Kind.EXEC, 70), message(Kind.EXEC, 70)])
    assert first.act.script == "/s"
    assert second.act.script == ""
