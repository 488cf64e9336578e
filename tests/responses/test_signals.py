"""A signal goes to exactly the process that the alert is about, or to none."""

import signal
import time

import pytest

from pratique.responses._signals import changed, send_signal
from pratique.responses.interface import Refused, Unable
from pratique.responses.node import Node
from tests.conftest import missing
from tests.makers.alerts import WORKLOAD
from tests.makers.responses import about, sleeper


def test_the_process_of_the_alert() -> None:
    """It gets the signal."""
    with sleeper() as child:
        assert send_signal(about(child.pid), signal.SIGTERM, Node()) == (
            f"SIGTERM sent to pid {child.pid}"
        )
        assert child.wait(10) == -signal.SIGTERM


@pytest.mark.parametrize(
    "lie",
    [
        {"time_ns": 1_000_000_000, "process_started_ns": 0},
        {"process_started_ns": 1_000_000_000},
        {"workload": WORKLOAD},
    ],
    ids=["began after the alert", "began at another time", "another container"],
)
def test_a_pid_that_was_used_anew_is_never_hit(lie) -> None:
    """The process that has the number now lives on."""
    with sleeper() as child:
        with pytest.raises(Refused):
            send_signal(about(child.pid, **lie), signal.SIGKILL, Node())
        time.sleep(0.05)

        assert child.poll() is None


def test_a_pid_that_is_really_used_anew(tmp_path) -> None:
    """The kernel gives the number of a process that ended to another one: that one lives on."""
    code = (
        "import os, sys, time\n"
        "target = int(sys.stdin.readline())\n"
        "for _ in range(200000):\n"
        "    open('/proc/sys/kernel/ns_last_pid', 'w').write(str(target - 1))\n"
        "    pid = os.fork()\n"
        "    if pid == 0: time.sleep(600)\n"
        "    if pid == target: break\n"
        "    os.kill(pid, 9); os.waitpid(pid, 0)\n"
        "print(pid, flush=True); time.sleep(600)\n"
    )
    with sleeper() as first:
        told = about(first.pid)
    import subprocess
    import sys

    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as forker:
        forker.stdin.write(b"%d\n" % first.pid)
        forker.stdin.flush()
        line = forker.stdout.readline()
        try:
            if line.strip() != b"%d" % first.pid:
                missing("ns_last_pid", "this kernel does not let us choose a pid")
            with pytest.raises(Refused, match="another process"):
                send_signal(told, signal.SIGKILL, Node())
            assert Node().running(first.pid) is not None
        finally:
            if line.strip().isdigit():
                import os

                os.kill(int(line), signal.SIGKILL)
            forker.kill()


def test_one_that_has_ended() -> None:
    """It is said, and nobody else is hit."""
    with sleeper() as child:
        told = about(child.pid)

    with pytest.raises(Unable, match="ended"):
        send_signal(told, signal.SIGKILL, Node())


@pytest.mark.parametrize("pid", [-1, 0, 1 << 40])
def test_what_is_no_pid(pid) -> None:
    """0 and -1 mean many processes to kill(2): here they mean none."""
    with pytest.raises(Unable):
        send_signal(about(pid), signal.SIGKILL, Node())


def test_an_unknown_start_is_compared_with_the_alert() -> None:
    """A sensor that does not know when a process began still never hits a later one."""
    with sleeper() as child:
        running = Node().running(child.pid)

        assert changed(about(child.pid, process_started_ns=0), running) == ""
        assert "began after" in changed(
            about(child.pid, process_started_ns=0, time_ns=running.started_ns - 1), running
        )
