"""
Cut a container off from its networks: set every interface in them but loopback down.

A container that may make namespaces can leave its first process in an empty network and work on from
another one: every network that one of its processes is in counts.

A thread of its own enters the namespace and ends there, so that the rest of the program stays where it
is. Laws: a namespace that any process outside of containers uses is the node's and is never touched; the
answer of the kernel is read back before it is called done.
Source: setns(2), netdevice(7).
"""

import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from pratique.responses.interface import Refused, Unable
from pratique.responses.node import Node

_NEW_NET = 0x40000000
_GET_FLAGS, _SET_FLAGS = 0x8913, 0x8914
_UP, _LOOPBACK = 0x1, 0x8
_REQUEST = struct.Struct("16sH22x")
_PATIENCE_S = 10.0
_MOST_NETWORKS = 64


def cut_off(node: Node, pid: int, container: str, proc: Path = Path("/proc")) -> tuple[str, ...]:
    """
    Set the interfaces of a container's network down; return their names.

    Raises:
        Refused: its network is the node's.
        Unable: it is gone, or we may not.
    """
    try:
        descriptor = os.open(proc / str(pid) / "ns" / "net", os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise Unable(f"the container's network cannot be opened: {error.strerror}") from None
    try:
        running = node.running(pid)
        if running is None or not running.belongs_to(container):
            raise Unable("the first process that is known is not the container's")
        identity = os.fstat(descriptor)
        if _is_nodes(node, (identity.st_dev, identity.st_ino), proc):
            raise Refused("the container uses the node's own network")
        return _inside(descriptor, _set_down)
    finally:
        os.close(descriptor)


def cut_all_off(
    node: Node, pid: int, container: str, proc: Path = Path("/proc")
) -> tuple[str, ...]:
    """
    Do so with the network of a container's first process, then with those of its others.

    Raises:
        Refused: one of its networks is the node's.
        Unable: one cannot be cut off, or there are too many.
    """
    done = set()
    names = list(cut_off(node, pid, container, proc))
    if (own := _network(proc, pid)) is not None:
        done.add(own)
    for other in node.pids():
        network = _network(proc, other)
        if network is None or network in done:
            continue
        running = node.running(other)
        if running is None or not running.belongs_to(container):
            continue
        if len(done) >= _MOST_NETWORKS:
            raise Unable(f"its processes are in more than {_MOST_NETWORKS} networks")
        names += cut_off(node, other, container, proc)
        done.add(network)
    return tuple(names)


def _network(proc: Path, pid: int) -> tuple[int, int] | None:
    """Return what tells a process's network from others."""
    try:
        found = (proc / str(pid) / "ns" / "net").stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_nodes(node: Node, identity: tuple[int, int], proc: Path) -> bool:
    """Whether a process outside of all containers uses this network."""
    for pid in node.pids():
        if _network(proc, pid) == identity:
            running = node.running(pid)
            if running is not None and not running.in_container:
                return True
    return False


def _inside(descriptor: int, do: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    """Run something in another network namespace, in a thread that ends there."""
    results: list[tuple[str, ...]] = []
    failures: list[OSError] = []

    def enter() -> None:
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.setns(descriptor, _NEW_NET) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            results.append(do())
        except OSError as error:
            failures.append(error)

    thread = Thread(target=enter, name="quarantine", daemon=True)
    thread.start()
    thread.join(_PATIENCE_S)
    if failures:
        raise Unable(f"its network cannot be changed: {failures[0].strerror}")
    if not results:
        raise Unable("its network cannot be changed: no answer")
    return results[0]


def _set_down() -> tuple[str, ...]:
    changed = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            flags = _flags(asked, name)
            if flags & _LOOPBACK:
                continue
            fcntl.ioctl(asked, _SET_FLAGS, _REQUEST.pack(name.encode(), flags & ~_UP))
            if _flags(asked, name) & _UP:
                raise OSError(0, f"{name} stays up")
            changed.append(name)
    return tuple(changed)


def _flags(asked: socket.socket, name: str) -> int:
    answer = fcntl.ioctl(asked, _GET_FLAGS, _REQUEST.pack(name.encode(), 0))
    return int(_REQUEST.unpack(answer)[1])
