"""A container's network is cut off; the node's own is never touched."""

import ctypes
import os
import subprocess
from pathlib import Path

import pytest

from pratique.responses._network import cut_all_off, cut_off
from pratique.responses.interface import Refused, Unable
from pratique.responses.node import Node, Running
from tests.conftest import missing
from tests.makers.responses import sleeper

ID = "a" * 64
APART = (
    "import ctypes, time; assert ctypes.CDLL(None).unshare(0x40000000) == 0;"
    "print('up', flush=True); time.sleep(600)"
)


class FakeNode(Node):
    """The real processes, of which some are said to be in a container."""

    def __init__(self, *inside):
        super().__init__()
        self.inside = inside

    def running(self, pid):
        """Return a process, in a container if it is the one."""
        found = super().running(pid)
        if found is None or pid not in self.inside:
            return found
        return Running(pid, "x", 1, 0, False, {"pids": f"/libpod-{ID}"})


@pytest.fixture
def apart():
    """Run a process in a network of its own with an interface that is up."""
    if os.geteuid() != 0:
        missing("root")
    with sleeper(APART) as child:
        enter = ["nsenter", "-t", str(child.pid), "-n", "ip"]
        made = subprocess.run([*enter, "link", "add", "pq0", "type", "veth"], capture_output=True)
        if made.returncode:
            missing("veth")
        for name in ("pq0", "lo"):
            subprocess.run([*enter, "link", "set", name, "up"], check=True)
        yield (
            child.pid,
            lambda: (
                subprocess.run(
                    [*enter, "-br", "link"], capture_output=True, text=True, check=True
                ).stdout
            ),
        )


def test_interfaces_go_down_but_loopback(apart) -> None:
    """And this process stays where it is."""
    pid, links = apart
    before = Path("/proc/self/ns/net").stat().st_ino

    assert "pq0" in cut_off(FakeNode(pid), pid, ID)
    lines = {line.split()[0].partition("@")[0]: line for line in links().splitlines()}
    assert ",UP" not in lines["pq0"]
    assert "UP" in lines["lo"]
    assert Path("/proc/self/ns/net").stat().st_ino == before


def test_the_nodes_own_network_is_never_touched() -> None:
    """A container in it shares it with processes that are in none."""
    with sleeper() as child, pytest.raises(Refused, match="node's own"):
        cut_off(FakeNode(child.pid), child.pid, ID)


def test_a_process_that_is_not_the_containers() -> None:
    """A number that was used anew changes nothing."""
    with sleeper() as child:
        with pytest.raises(Unable):
            cut_off(Node(), child.pid, ID)
        pid = child.pid
    with pytest.raises(Unable):
        cut_off(Node(), pid, ID)


def test_the_constant_is_the_kernels() -> None:
    """CLONE_NEWNET, by which a thread enters; 0 would enter any kind."""
    from pratique.responses import _network

    assert _network._NEW_NET == 0x40000000
    assert ctypes.sizeof(ctypes.c_int) == 4
    assert _network._REQUEST.size == 40


def test_every_network_of_a_container(apart) -> None:
    """A first process in an empty network of its own hides no other one."""
    pid, links = apart
    with sleeper(APART) as first:
        node = FakeNode(pid, first.pid)

        assert "pq0" in cut_all_off(node, first.pid, ID)
    lines = {line.split()[0].partition("@")[0]: line for line in links().splitlines()}
    assert ",UP" not in lines["pq0"]
