"""Processes are looked up once, inherit what they cannot say any more, and are bounded."""

from pathlib import Path

import pytest

from pratique.sensors.without_ebpf import _tasks
from pratique.sensors.without_ebpf._tasks import Tasks
from tests.sensors.without_ebpf.node import add_process, proc

BOOT = 1_000_000_000_000


def test_an_execution(tmp_path: Path) -> None:
    """All facts come from /proc; of the environment only what is asked for."""
    add_process(tmp_path, 70, "sh", parent=4, uid=1000)
    task, act = Tasks(proc(tmp_path), BOOT).executed(70)

    program = tmp_path / "programs/sh"
    assert (act.path, act.arguments) == (str(program), ("sh", "-c", "x"))
    assert (act.inode, act.device) == (program.stat().st_ino, program.stat().st_dev)
    assert act.environment == ("LD_PRELOAD=/x.so",)
    asked = Tasks(proc(tmp_path), BOOT)
    asked.want({"SECRET"})
    assert len(asked.executed(70)[1].environment) == 2
    assert (act.directory, act.virtual_pid, act.cap_effective, act.session) == ("/srv", 3, 255, 7)
    assert (task.parent, task.uid, task.comm) == (4, 1000, "sh")
    assert task.started_ns == BOOT + 5_000_000_000
    assert task.cgroup == (tmp_path / "two/g").stat().st_ino
    assert task.cgroup_v1 == (tmp_path / "pids/g").stat().st_ino
    assert (task.mounts, task.pids, task.net) == (11, 12, 13)


def test_a_script(tmp_path: Path) -> None:
    """What was opened first is the script, if its interpreter runs now."""
    add_process(tmp_path, 70)
    program = str(tmp_path / "programs/sh")
    tasks = Tasks(proc(tmp_path), BOOT)
    assert tasks.executed(70, ["/app/s", program, "/lib/ld.so"])[1].script == "/app/s"
    assert tasks.executed(70, [program, "/lib64/ld-linux-x86-64.so.2"])[1].script == ""
    assert tasks.executed(70, ["/app/s", "/other"])[1].script == ""


@pytest.mark.parametrize(
    ("opened", "path", "script", "comm"),
    [
        (["/bin/true", "/lib64/ld-linux-x86-64.so.2"], "/bin/true", "", "true"),
        (["/s", "/bin/dash", "/lib/ld-musl-x86_64.so.1"], "/bin/dash", "/s", "s"),
        (["/usr/bin/ldconfig"], "/usr/bin/ldconfig", "", "ldconfig"),
        ([], "", "", "mother"),
    ],
)
def test_a_short_life(tmp_path: Path, opened: list[str], path: str, script: str, comm: str) -> None:
    """Whoever ended before it was looked up has its parent's ids and the file that was opened."""
    add_process(tmp_path, 70, "mother", uid=5)
    tasks = Tasks(proc(tmp_path), BOOT)
    tasks.born(70, 71, BOOT + 9)
    task, act = tasks.executed(71, opened)

    assert (act.path, act.script, act.cut, act.arguments) == (path, script, True, ())
    assert (task.parent, task.uid, task.comm, task.mounts) == (70, 5, comm, 11)
    assert task.started_ns == BOOT + 9


def test_a_container_of_a_moment(tmp_path: Path) -> None:
    """Its first process is no longer the engine: its group is unknown, not that of the node."""
    add_process(tmp_path, 70, "runc:[2:INIT]")
    tasks = Tasks(proc(tmp_path), BOOT)
    tasks.born(70, 71, BOOT)
    assert tasks.get(71).cgroup
    task, _ = tasks.executed(71, ["/bin/sh"])
    assert (task.cgroup, task.cgroup_v1, task.comm) == (0, 0, "sh")


def test_a_moved_parent(tmp_path: Path) -> None:
    """A child begins in the group where its parent is by then."""
    place = add_process(tmp_path, 70)
    tasks = Tasks(proc(tmp_path), BOOT)
    before = tasks.get(70).cgroup
    (tmp_path / "two/h").mkdir()
    (place / "cgroup").write_text("0::/h\n")
    child = tasks.born(70, 71, BOOT)
    assert child.cgroup == (tmp_path / "two/h").stat().st_ino != before


def test_ends_and_forgetting(tmp_path: Path) -> None:
    """One that ended is kept, no longer listed; one that is gone is not looked up."""
    add_process(tmp_path, 70)
    tasks = Tasks(proc(tmp_path), BOOT)
    tasks.get(70)
    assert [one.pid for one in tasks.all()] == [70]
    assert tasks.ended(70, 99).ended_ns == 99
    assert tasks.all() == []
    assert tasks.get(70).comm == "sh"
    tasks.forget()
    assert tasks.get(70, gone=True).comm == ""


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest makes room."""
    monkeypatch.setattr(_tasks, "MOST_TASKS", 3)
    tasks = Tasks(proc(tmp_path), BOOT)
    for pid in range(100, 110):
        tasks.get(pid)
    assert [one.pid for one in tasks.all()] == [107, 108, 109]
