"""What is known of a process is read as it is now."""

import os
import time

from pratique.kit.clock import steady_ns
from pratique.responses.node import Node, Running, read_bounded
from tests.makers.responses import sleeper


def test_a_process_of_ours() -> None:
    """Its parent is this one, and it began just now."""
    before = steady_ns()
    with sleeper() as child:
        found = Node().running(child.pid)

    assert found.parent == os.getpid()
    assert abs(found.started_ns - before) < 10**9
    assert not found.kernel_thread
    assert not found.in_container


def test_a_clock_that_is_set_makes_no_other_process(monkeypatch) -> None:
    """Else no response would reach a process that ran before: it would seem another one of its number."""
    before = Node().running(os.getpid())
    wall = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: wall)
    after = Node().running(os.getpid())
    monkeypatch.undo()
    assert before is not None
    assert after is not None
    assert after.started_ns == before.started_ns


def test_one_that_is_gone() -> None:
    """A pid that nobody has is nobody."""
    with sleeper() as child:
        pid = child.pid

    assert Node().running(pid) is None
    assert list(Node().parents(pid)) == []


def test_parents_end_at_the_first() -> None:
    """The chain is whole and has an end."""
    parents = list(Node().parents(os.getpid()))

    assert parents[0] == os.getppid()
    assert os.getpid() not in parents


def test_kernel_threads_are_told_by_their_flags(tmp_path) -> None:
    """Not by a name, which anybody can take: this one has brackets and digits in its name."""
    flags = {2: 0x208040, 7: 0x400040}
    for pid, flag in flags.items():
        (tmp_path / str(pid)).mkdir()
        stat = f"{pid} ([kthreadd] 9 0 ) R 5) S 0 0 0 0 -1 {flag} " + "0 " * 12 + "500 " + "0 " * 30
        (tmp_path / str(pid) / "stat").write_text(stat)
    node = Node(tmp_path, boot_ns=0)

    assert node.running(2).kernel_thread
    assert not node.running(7).kernel_thread


def test_containers_by_their_groups() -> None:
    """A group that bears an id, of any engine."""
    inside = Running(1, "x", 0, 0, False, {"pids": "/libpod_parent/libpod-" + "a" * 64})

    assert inside.in_container
    assert inside.belongs_to("a" * 64)
    assert not inside.belongs_to("b" * 64)
    assert not inside.belongs_to("")


def test_reading_is_bounded(tmp_path) -> None:
    """The beginning of a long file, nothing of an absent one."""
    (tmp_path / "x").write_bytes(b"x" * 100)

    assert read_bounded(tmp_path / "x", 10) == b"x" * 10
    assert read_bounded(tmp_path / "y", 10) == b""
