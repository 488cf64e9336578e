"""
Read what a process is doing, for a forensic record: what it runs, holds open, maps and talks to.

Of the environment only the names are kept: values are where secrets stand. Everything is bounded; what
a process's own memory must be read for is read beside, because a container may see to it that such
a read never ends. Source: proc(5).
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from pratique.formats.runtime.process_files import read_arguments, read_status
from pratique.kit.aside import Aside
from pratique.responses._changed import shown
from pratique.responses.node import Node, Running, read_bounded

MAX_PROCESSES = 2_000
MAX_DESCRIPTORS = 1_000
MAX_MAPS = 1_000
_MOST = 256 << 10
_MAPPED = 4 << 20
_SOCKETS = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "unix")


class Evidence(Struct, frozen=True, kw_only=True):
    """One process; ``descriptors`` are number and target, ``maps`` files mapped for execution."""

    pid: int
    parent: int
    name: str
    path: str
    directory: str
    root: str
    arguments: tuple[str, ...]
    environment_names: tuple[str, ...]
    uid: int
    gid: int
    cap_effective: int
    started_ns: int
    descriptors: tuple[tuple[int, str], ...]
    maps: tuple[str, ...]


def members(node: Node, pid: int, container: str) -> tuple[Running, ...]:
    """Return the container's processes; outside of one, the process, its parents and its children."""
    if container:
        everyone = (node.running(one) for one in node.pids())
        inside = (one for one in everyone if one is not None and one.belongs_to(container))
        return tuple(islice(inside, MAX_PROCESSES))
    wanted = {pid, *node.parents(pid)}
    everyone = (node.running(one) for one in node.pids())
    near = (one for one in everyone if one and (one.pid in wanted or one.parent == pid))
    return tuple(islice(near, MAX_PROCESSES))


def evidence(running: Running, proc: Path, aside: Aside) -> Evidence:
    """Return what a process is doing now; what cannot be read is empty."""
    place = proc / str(running.pid)

    def memory(name: str, most: int) -> bytes:
        return aside.run(lambda: read_bounded(place / name, most), b"", running.pid)

    status = read_status(read_bounded(place / "status", _MOST))
    return Evidence(
        pid=running.pid,
        parent=running.parent,
        name=running.name,
        path=_link(place / "exe"),
        directory=_link(place / "cwd"),
        root=_link(place / "root"),
        arguments=read_arguments(memory("cmdline", _MOST)),
        environment_names=tuple(_names(memory("environ", _MOST))),
        uid=status.uid,
        gid=status.gid,
        cap_effective=status.cap_effective,
        started_ns=running.started_ns,
        descriptors=tuple(islice(_descriptors(place / "fd"), MAX_DESCRIPTORS)),
        maps=tuple(islice(_maps(memory("maps", _MAPPED)), MAX_MAPS)),
    )


def sockets(pid: int, proc: Path) -> str:
    """Return the tables of sockets of a process's network as the kernel writes them."""
    parts = []
    for name in _SOCKETS:
        table = read_bounded(proc / str(pid) / "net" / name, 1 << 20)
        parts.append(f"== {name}\n{table.decode('utf-8', 'backslashreplace')}")
    return "\n".join(parts)


def _names(environ: bytes) -> Iterator[str]:
    for one in environ.split(b"\0"):
        name, equals, _ = one.partition(b"=")
        if equals and name:
            yield name[:200].decode("utf-8", "backslashreplace")


def _descriptors(folder: Path) -> Iterator[tuple[int, str]]:
    try:
        names = sorted(int(place.name) for place in folder.iterdir())
    except (OSError, ValueError):
        return
    for number in names:
        yield number, _link(folder / str(number))


def _maps(content: bytes) -> Iterator[str]:
    seen = set()
    for line in content.splitlines():
        fields = line.split(maxsplit=5)
        if len(fields) == 6 and b"x" in fields[1] and fields[5] not in seen:
            seen.add(fields[5])
            yield fields[5].decode("utf-8", "backslashreplace")


def _link(place: Path) -> str:
    try:
        return shown(str(place.readlink()))
    except OSError:
        return ""
