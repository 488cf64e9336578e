"""
Find the control groups that are a container's own, in both hierarchies.

Law: a group counts only where a part of its path bears the container's id, and then that part is taken: a
runtime that uses version 1 leaves its containers in the root of version 2, and what is done to the root is
done to the whole node. The id of a group is the inode of its folder.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from pratique.formats.runtime.mountinfo import read_mounts
from pratique.responses.interface import Unable
from pratique.responses.node import Node, bears, in_another, own_part, read_bounded

_MOST = 8 << 20
_MOST_FOLDERS = 10_000
_SHORTEST_ID = 32


class Groups(Struct, frozen=True):
    """The ids of a container's own groups; 0 where it has none in that hierarchy."""

    cgroup: int = 0
    cgroup_v1: int = 0


def groups_of(node: Node, pid: int, container: str) -> Groups:
    """
    Return the groups of the container that a process is in; where it is gone, those of its name.

    Raises:
        Unable: the container has no group of its own.
    """
    found = Groups(
        cgroup=_inode(folders(node, pid, container, "")),
        cgroup_v1=_inode(folders(node, pid, container, "pids")),
    )
    if not found.cgroup and not found.cgroup_v1:
        raise Unable("the container has no control group of its own")
    return found


def folders(node: Node, pid: int, container: str, controller: str) -> Iterator[Path]:
    """
    Yield the folders of the container's outermost group; an empty controller means version 2.

    A drifted program may have ended, and the engine not yet have said which is the first process: then
    the group is looked for by the container's id.
    """
    running = node.running(pid) if pid else None
    inside = own_part(running.groups.get(controller, ""), container) if running else ""
    if running is not None and not inside:
        return
    kind = "cgroup" if controller else "cgroup2"
    for mount in read_mounts(read_bounded(node.mounts, _MOST)):
        if mount.kind != kind or (controller and controller not in mount.options):
            continue
        if mount.root != "/":
            continue
        top = Path(mount.point)
        place = top / inside.lstrip("/") if inside else _called(top, container)
        if place is not None and place.is_dir():
            yield place


def _called(top: Path, container: str) -> Path | None:
    """Return the outermost folder that bears an id and lies in no other container, among the first some thousand."""
    if len(container) < _SHORTEST_ID:
        return None
    level = [top]
    looked = 0
    while level:
        below: list[Path] = []
        for folder in level:
            for name in _folders_in(folder):
                looked += 1
                if bears(name, container):
                    return folder / name
                if looked < _MOST_FOLDERS and not in_another(name):
                    below.append(folder / name)
        level = below
    return None


def _folders_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        # It went meanwhile.
        return []


def _inode(places: Iterator[Path]) -> int:
    for place in places:
        return place.stat().st_ino
    return 0
