"""
Freeze a container by its control group, whatever its engine.

Law: only a group whose own name bears the container's id is touched, so that no neighbour is frozen
with it. Version 1 has ``freezer.state``, version 2 ``cgroup.freeze``; both report when it is done.
Source: the kernel's Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst and cgroup-v2.rst.
"""

import time
from collections.abc import Callable
from pathlib import Path

from pratique.responses._groups import folders
from pratique.responses.interface import Unable
from pratique.responses.node import Node

_PATIENCE_S = 3.0
_STEP_S = 0.01


def freeze(node: Node, pid: int, container: str) -> str:
    """
    Freeze the container of a process and wait until it is; return by what means.

    Raises:
        Unable: there is no group of its own, or it does not freeze.
    """
    place = _group(node, pid, container)
    if place.name == "freezer.state":
        place.write_text("FROZEN")
        _wait(lambda: place.read_text().strip() == "FROZEN")
    else:
        place.write_text("1")
        events = place.parent / "cgroup.events"
        _wait(lambda: "frozen 1" in events.read_text().splitlines())
    return f"by its control group ({place.name})"


def _group(node: Node, pid: int, container: str) -> Path:
    """Return the file that freezes the outermost group that bears the container's id."""
    for controller, name in (("freezer", "freezer.state"), ("", "cgroup.freeze")):
        for folder in folders(node, pid, container, controller):
            if (folder / name).is_file():
                return folder / name
    raise Unable("the container has no control group of its own that can be frozen")


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not done():
        if time.monotonic() > end:
            raise Unable("the control group did not change within a few seconds")
        time.sleep(_STEP_S)
