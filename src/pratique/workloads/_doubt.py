"""
Find the container of a control group that bears no container's name, by what runtimes wrote down.

Law: what a runtime wrote of a container is read once, however many groups are in doubt and however
often they are asked for: whoever may make control groups must not make this dear.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from pratique.workloads.interface import Engine, HostView

BY_STATE = ("containerd", "runc", "crun")
"""Engines that write down the control groups of their containers."""


class Runtime(Protocol):
    """What an engine of ``BY_STATE`` tells beside the rest."""

    def tasks(self, host: HostView) -> Iterator[tuple[str, str]]:
        """Yield the id of each container that runs, and the folder of its state."""

    def cgroups(self, host: HostView, place: str) -> tuple[str, ...] | None:
        """Return the control groups that the state in a folder names; None while it is written."""


class GroupsOfRuntimes:
    """The control groups of the containers that run now, by path."""

    def __init__(self, host: HostView, engines: Sequence[Engine]) -> None:
        self._host = host
        self._engines = [one for one in engines if one.NAME in BY_STATE]
        self._read: dict[tuple[str, int], tuple[str, ...]] = {}
        self._owners: dict[str, tuple[Engine, str]] = {}

    def refresh(self) -> None:
        """Read what is new since the last time, and forget what is gone."""
        before, self._read, self._owners = self._read, {}, {}
        for engine in self._engines:
            runtime = cast(Runtime, engine)
            for identity, place in runtime.tasks(self._host):
                key = place, self._host.inode(place)
                groups = before.get(key)
                if groups is None:
                    groups = runtime.cgroups(self._host, place)
                if groups is None:
                    continue
                self._read[key] = groups
                for group in groups:
                    self._owners.setdefault(group, (engine, identity))

    def find(self, path: str) -> tuple[Engine, str, str] | None:
        """Return the engine, id and group of the container that a path lies in."""
        group = path
        while group:
            if group in self._owners:
                return *self._owners[group], group
            group = group.rpartition("/")[0]
        return None
