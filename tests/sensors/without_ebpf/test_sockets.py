"""New sockets are told once, with whoever holds them; what was there before is not."""

import sys
from pathlib import Path

import pytest

from pratique.sensors.without_ebpf._sockets import Sockets
from pratique.sensors.without_ebpf._tasks import Task
from tests.sensors.without_ebpf.node import add_process, proc

pytestmark = pytest.mark.skipif(sys.byteorder != "little", reason="the samples are little endian")
ROW = " 0: 0100007F:{local:04X} {address}:{remote:04X} {state} 0:0 00:0 0 0 0 {inode} 1 0\n"
LISTENER = ROW.format(local=80, address="00000000", remote=0, state="0A", inode=1)
ACCEPTED = ROW.format(local=80, address="0200007F", remote=9, state="01", inode=2)
CLIENT = ROW.format(local=5000, address="0300007F", remote=443, state="02", inode=3)
GONE = ROW.format(local=5001, address="0300007F", remote=443, state="06", inode=0)
UNBOUND = ROW.format(local=53, address="00000000", remote=0, state="07", inode=4)


def node(root: Path) -> tuple[Sockets, Task, Path]:
    """Return sockets after their first look, a process, and its folder."""
    place = add_process(root, 70)
    task = Task(70)
    task.net = 13
    sockets = Sockets(proc(root))
    tell(place)
    assert list(sockets.look([task])) == []
    return sockets, task, place


def tell(place: Path, tcp: str = "", udp: str = "") -> None:
    """Write the tables of a process's network."""
    (place / "net/tcp").write_text("head\n" + tcp)
    (place / "net/udp").write_text("head\n" + udp)


def hold(place: Path, *inodes: int) -> None:
    """Let the process hold sockets, from descriptor 3 on."""
    for fd, inode in enumerate(inodes, 3):
        (place / "fd" / str(fd)).symlink_to(f"socket:[{inode}]")


def test_kinds(tmp_path: Path) -> None:
    """Listening, accepted by its port, connected, bound; nothing twice."""
    sockets, task, place = node(tmp_path)
    tell(place, LISTENER + ACCEPTED + CLIENT + GONE, UNBOUND)
    hold(place, 1, 2, 3, 4)
    found = {act.fd: (kind, act.remote_address) for _, kind, act in sockets.look([task])}
    assert found == {
        3: ("listen", ""),
        4: ("accept", "127.0.0.2"),
        5: ("connect", "127.0.0.3"),
        6: ("bind", ""),
    }
    assert list(sockets.look([task])) == []
    assert sockets.ownerless == 0


def test_a_bound_socket_that_listens_later(tmp_path: Path) -> None:
    """It is told again, as what it has become."""
    sockets, task, place = node(tmp_path)
    hold(place, 1)
    tell(place, LISTENER.replace(" 0A ", " 07 "))
    list(sockets.look([task]))
    tell(place, LISTENER)
    assert [kind for _, kind, _ in sockets.look([task])] == ["listen"]


def test_nobody_holds_it(tmp_path: Path) -> None:
    """It is counted, not given to somebody."""
    sockets, task, place = node(tmp_path)
    tell(place, CLIENT)
    assert list(sockets.look([task])) == []
    assert sockets.ownerless == 1


def test_a_network_that_is_new(tmp_path: Path) -> None:
    """All of its sockets are new; one whose processes are gone is forgotten."""
    sockets, task, _ = node(tmp_path)
    other = add_process(tmp_path, 71)
    (other / "ns/net").unlink()
    (other / "ns/net").symlink_to("net:[14]")
    tell(other, CLIENT)
    hold(other, 3)
    newer = Task(71)
    newer.net = 14
    assert [(one.pid, kind) for one, kind, _ in sockets.look([task, newer])] == [(71, "connect")]
    assert list(sockets.look([])) == []
    assert [one.pid for one, _, _ in sockets.look([newer])] == [71]
