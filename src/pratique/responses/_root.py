"""
Find a container's root as its own processes have it: what an engine's files say need not be what is mounted.

Law: the root counts only as an overlay that is neither the node's own nor ours: a runtime's helper
that has not yet changed its root is no process of the container, whatever its control group.
Source: proc_pid_mountinfo(5), cgroups(7).
"""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from msgspec import Struct

from pratique.formats.runtime.mountinfo import Mount, read_mounts
from pratique.formats.runtime.process_files import read_status
from pratique.model.workload import Workload
from pratique.responses._groups import folders
from pratique.responses.interface import Unable
from pratique.responses.node import Node, read_bounded

_MOST = 8 << 20
_MOST_PROCESSES = 1_000
_STATUS = 64 << 10


class Root(Struct, frozen=True):
    """
    A container's root: through which process it is reached, its overlay's device and writable folder.

    ``device`` is as mountinfo has it; ``first`` whether the process is the container's first one.
    """

    pid: int
    device: str
    upper: str
    first: bool


def root_of(node: Node, workload: Workload) -> Root:
    """
    Return the root of a container that runs.

    Raises:
        Unable: no process of it runs, or its root is no overlay.
    """
    others = {found.device for one in ("1", "self") if (found := _mounted(node, one)) is not None}
    seen = False
    for pid in dict.fromkeys(islice(_processes(node, workload), _MOST_PROCESSES)):
        mount = _mounted(node, str(pid))
        if mount is None:
            continue
        seen = seen or mount.kind != "overlay"
        if mount.kind == "overlay" and mount.device not in others:
            upper = mount.option("upperdir")
            known = upper if upper.startswith("/") else workload.upper
            return Root(pid, mount.device, known, _is_first(node, pid))
    if seen:
        raise Unable("the container's root is no overlay: what its image lacks cannot be told")
    raise Unable("no process of the container is running")


def _processes(node: Node, workload: Workload) -> Iterator[int]:
    first = workload.init_pid
    running = node.running(first) if first else None
    if running is not None and running.belongs_to(workload.id):
        yield first
    for folder in chain(
        folders(node, first, workload.id, "pids"), folders(node, first, workload.id, "")
    ):
        for place in (folder, *sorted(folder.rglob("*/"))[:_MOST_PROCESSES]):
            yield from _members(place)


def _members(folder: Path) -> Iterator[int]:
    for line in read_bounded(folder / "cgroup.procs", _MOST).split():
        if line.isdigit() and int(line):
            yield int(line)


def _mounted(node: Node, process: str) -> Mount | None:
    """Return what is mounted last, and so on top, at a process's root."""
    content = read_bounded(node.mounts_of(process), _MOST)
    found = None
    for one in read_mounts(content):
        if one.point == "/":
            found = one
    return found


def _is_first(node: Node, pid: int) -> bool:
    """Whether it is the first of a namespace of processes of its own."""
    content = read_bounded(node.mounts_of(str(pid)).with_name("status"), _STATUS)
    return read_status(content).virtual_pid == 1 != pid
