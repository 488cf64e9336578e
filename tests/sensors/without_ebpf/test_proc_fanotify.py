"""
The sensor without eBPF on this machine: names inside containers, what is wanted, what is lost.

What it tells of single deeds is in ``tests/sensors/test_deeds.py``. Needs root
(``PRATIQUE_REQUIRE=proc-fanotify``); the container needs podman.
"""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import Executed, Lost, Observation, Opened, PathChanged
from pratique.sensors.interface import Running
from pratique.sensors.without_ebpf import proc_fanotify
from pratique.sensors.without_ebpf._watching import WatchingProc
from tests.conftest import missing
from tests.e2e.engines import podman_environ

PATIENCE_S = 20


@pytest.fixture(autouse=True)
def _needed() -> None:
    readiness = proc_fanotify.probe()
    if not readiness.ready:
        missing("proc-fanotify", readiness.why_not)


def until(running: Running, *told: Callable[[Observation], bool]) -> list[Observation]:
    """Read until each was told; return all that came."""
    seen: list[Observation] = []
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and not all(any(map(one, seen)) for one in told):
        seen += running.read(0.1)
    assert all(any(map(one, seen)) for one in told)
    return seen


def test_probe() -> None:
    """It says what works, and what it never sees."""
    readiness = proc_fanotify.probe()
    assert readiness.tier == "sees"
    assert "process connector" in {hook.name for hook in readiness.hooks if hook.ready}
    assert any("DNS" in words for words in readiness.blind)


def test_numbers_have_no_gaps(tmp_path: Path) -> None:
    """Each observation has the next number; those of a batch are in the order of time."""
    with proc_fanotify.start(EVERYTHING) as running:
        subprocess.run(["/bin/true"], check=True, cwd=tmp_path)
        batches = [running.read(0.2) for _ in range(4)]
        counters = running.counters()
    numbers = [one.sequence for batch in batches for one in batch]
    assert numbers == list(range(1, len(numbers) + 1))
    assert counters.seen == len(numbers)
    for batch in batches:
        assert [one.time_ns for one in batch if one.type != "lost"] == sorted(
            one.time_ns for one in batch if one.type != "lost"
        )


def test_what_is_wanted(tmp_path: Path) -> None:
    """Opens for reading come only where they are asked for; the rest is counted."""
    (tmp_path / "secret.key").write_text("x")
    (tmp_path / "plain").write_text("x")
    wanted = Interest(
        types=frozenset({"openat"}),
        every_open=False,
        open_writes=False,
        read_endings=frozenset({".key"}),
    )
    command = ["cat", "plain", "secret.key"]

    def is_key(one: Observation) -> bool:
        return isinstance(one.act, Opened) and one.act.path == str(tmp_path / "secret.key")

    with proc_fanotify.start(wanted) as running:
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
        seen = until(running, is_key)
        assert {one.type for one in seen} <= {"openat", "lost"}
        assert not any(getattr(one.act, "path", "") == str(tmp_path / "plain") for one in seen)
        assert running.counters().filtered > 0
        running.want(Interest(types=frozenset({"execve"}), every_open=False))
        running.read(0)
        subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
        assert {one.type for one in until(running, lambda one: one.type == "execve")} <= {
            "execve",
            "lost",
        }


def test_ignored_processes(tmp_path: Path) -> None:
    """What pratique itself does, and whom it names, is left out."""
    with proc_fanotify.start(EVERYTHING) as running:
        child = subprocess.Popen(
            ["sh", "-c", "read x; echo > a; echo > b"], stdin=subprocess.PIPE, cwd=tmp_path
        )
        running.ignore([child.pid])
        running.read(0)
        (tmp_path / "own").write_text("x")
        child.communicate(b"\n")
        subprocess.run(["sh", "-c", "echo > seen"], check=True, cwd=tmp_path)
        seen = until(running, lambda one: getattr(one.act, "path", "") == str(tmp_path / "seen"))
    assert not {one.pid for one in seen} & {os.getpid(), child.pid}


def test_losses_are_exact() -> None:
    """What does not fit into the buffer is counted by its numbers, and told."""
    with WatchingProc(Interest(types=frozenset({"fork"})), buffer_bytes=4096) as running:
        for _ in range(200):
            os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
        counted = told = 0
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and not counted == told > 50:
            # The first message of a processor after the gap says how wide it was.
            subprocess.run(["/bin/true"], check=True)
            acts = [one.act for one in running.read(0.3) if isinstance(one.act, Lost)]
            told += sum(one.count for one in acts if one.of == "processes" and one.count > 0)
            counted = dict(running.counters().lost_by).get("processes", 0)
    assert counted == told > 50


@pytest.mark.e2e
def test_names_inside_a_container(need: Callable[[str], str], short_folder: Path) -> None:
    """Paths are those that the container sees: its overlay, a volume, a tmpfs; drift is marked."""
    program, busybox, _ = need("podman"), need("busybox"), need("runc")
    root, volume = short_folder / "fs", short_folder / "vol"
    for folder in (root / "bin", root / "etc", root / "tmp", volume):
        folder.mkdir(parents=True)
    for number in range(1000):
        (root / f"etc/gone{number}").write_text("x")
    (root / "bin/busybox").write_bytes(Path(busybox).read_bytes())
    (root / "bin/busybox").chmod(0o755)
    (root / "bin/sh").symlink_to("busybox")
    # What a container does before its file systems are marked, or while more happens than is read, is
    # told as lost. So it does everything again and again, until we have read all of it.
    script = (
        "busybox cp /bin/busybox /tmp/sleep; n=0; while :; do /tmp/sleep 0.2; n=$((n+1));"
        "busybox mkdir /etc/new; busybox rm -f /etc/gone$n; busybox rmdir /etc/new;"
        "echo x >/data/a; busybox mv /data/a /data/b; echo x >/tt/t; done"
    )
    name = f"names-{os.getpid()}"
    command = [program, "run", "--rm", "--name", name, "-v", f"{volume}:/data", "--tmpfs", "/tt"]
    environ = podman_environ(short_folder, "overlay")
    with proc_fanotify.start(EVERYTHING) as running:
        doer = subprocess.Popen(
            [*command, "--rootfs", f"{root}:O", "sh", "-c", script], env=environ
        )
        try:
            seen = until(
                running,
                _ran_drift,
                lambda one: _names(one, "mkdir") == ("/etc/new", ""),
                lambda one: "".join(_names(one, "unlink")).startswith("/etc/gone"),
                lambda one: _names(one, "rename") == ("/data/a", "/data/b"),
                lambda one: isinstance(one.act, Opened) and one.act.path == "/tt/t",
            )
        finally:
            subprocess.run([program, "rm", "-f", "-t", "0", name], env=environ, check=False)
            doer.wait(PATIENCE_S)
    drifted = [one for one in seen if _ran_drift(one)]
    # Other containers may run on this machine: only what happened in the same group counts.
    inside = [
        one
        for one in seen
        if one.cgroup_v1 == drifted[0].cgroup_v1 and one.cgroup == drifted[0].cgroup
    ]
    own = [
        one for one in inside if isinstance(one.act, Executed) and one.act.path == "/bin/busybox"
    ]
    assert drifted[0].act.upper_layer
    assert not any(one.act.upper_layer for one in own)
    assert drifted[0].cgroup or drifted[0].cgroup_v1
    assert drifted[0].pid_namespace not in (0, Path("/proc/self/ns/pid").stat().st_ino)


def _ran_drift(one: Observation) -> bool:
    return isinstance(one.act, Executed) and one.act.path == "/tmp/sleep"


def _names(one: Observation, kind: str) -> Sequence[str]:
    act = one.act
    return (act.path, act.new_path) if one.type == kind and isinstance(act, PathChanged) else ()
