"""
Freeze a container by its control group, whatever its engine.

Law: only a group whose own name bears the container's id is touched, so that no neighbour is frozen
with it. Version 1 has ``freezer.state``, version 2 ``cgroup.freeze``; both report when it is done.
Source: the kernel's Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst and cgroup-v2.rst.
"""

import time
from collections.abc import Callable
from pathlib import Path

from pratique.formats.runtime.mountinfo import read_mounts
from pratique.responses.node import Node, read_bounded
from pratique.responses.interface import Unable

_PATIENCE_S = 3.0
_STEP_S = 0.01
_MOST = 8 << 20


def freeze(
    node: Node, pid: int, container: str, mounts: Path = Path("/proc/self/mountinfo")
) -> str:
    """
    Freeze the container of a process and wait until it is; return by what means.

    Raises:
        Unable: there is no group of its own, or it does not freeze.
    """
    return _set(_group(node, pid, container, mounts), frozen=True)


def thaw(node: Node, pid: int, container: str, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """
    Let a frozen container go on; return by what means.

    Raises:
        Unable: there is no group of its own.
    """
    return _set(_group(node, pid, container, mounts), frozen=False)


def _group(node: Node, pid: int, container: str, mounts: Path) -> Path:
    """Return the file that freezes the outermost group that bears the container's id."""
    running = node.running(pid)
    if running is None:
        raise Unable("the container's first process is gone")
    for controller, kind, name in (
        ("freezer", "cgroup", "freezer.state"),
        ("", "cgroup2", "cgroup.freeze"),
    ):
        inside = _own(running.groups.get(controller, ""), container)
        for mount in read_mounts(read_bounded(mounts, _MOST)) if inside else ():
            if mount.kind != kind or (controller and controller not in mount.options):
                continue
            place = Path(mount.point) / inside.lstrip("/") / name
            if mount.root == "/" and place.is_file():
                return place
    raise Unable("the container has no control group of its own that can be frozen")


def _own(path: str, container: str) -> str:
    """
    Return the path up to the part that bears the id; nothing where none does.

    >>> _own("/kubepods/pod1/" + "a" * 64 + "/inner", "a" * 64)[-3:]
    'aaa'
    >>> _own("/../x", "x")
    ''
    """
    parts = path.split("/")
    if not container or ".." in parts:
        return ""
    for position, part in enumerate(parts):
        if container in part:
            return "/".join(parts[: position + 1])
    return ""


def _set(place: Path, *, frozen: bool) -> str:
    if place.name == "freezer.state":
        wanted = "FROZEN" if frozen else "THAWED"
        place.write_text(wanted)
        _wait(lambda: place.read_text().strip() == wanted)
    else:
        place.write_text("1" if frozen else "0")
        word = f"frozen {int(frozen)}"
        _wait(lambda: word in (place.parent / "cgroup.events").read_text().splitlines())
    return f"by its control group ({place.name})"


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not done():
        if time.monotonic() > end:
            raise Unable("the control group did not change within a few seconds")
        time.sleep(_STEP_S)
