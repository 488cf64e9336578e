"""
Know the containers of one engine: the one interface of this folder.

An engine is a module with ``NAME``, ``TITLE`` and ``FOLLOWS``. It knows the names that its control
groups bear (``claims``), reads its own state of all containers (``containers``) or of one
(``describe``), and follows what happens to them (``follow``). Reading an engine never starts
anything and never writes. Everything is read through a ``HostView``, so that an engine works on a
made-up tree as on a node. What stands in an engine's files is bounded and checked by ``formats``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from pratique.formats.runtime.engine_events import EngineEvent
from pratique.kit.tail import Mark
from pratique.model.workload import Workload

MOST_FILE = 16 << 20
"""Bytes of one file of an engine's state."""


class HostView(Protocol):
    """
    Read the files of the node. Paths are absolute, as the node's own programs see them.

    Law: whatever is absent, unreadable, no regular file or over its bound reads as nothing; no
    method raises for the state of a file, because it may vanish at any moment.
    """

    @property
    def environ(self) -> Mapping[str, str]:
        """The settings that say where engines keep their state."""

    def read(self, path: str, most: int = MOST_FILE) -> bytes | None:
        """Return the bytes of a file, None where it cannot be read or is larger."""

    def opened(self, path: str) -> AbstractContextManager[Callable[[int, int], bytes] | None]:
        """Give a function that returns up to so many bytes from an offset, or None."""

    def query(self, path: str, query: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        """Return the rows of an SQLite file, none where it cannot be asked; it is never changed."""

    def names(self, path: str) -> tuple[str, ...]:
        """Return the names in a folder, sorted, a bounded number."""

    def folders(self, path: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder, sorted, a bounded number."""

    def link(self, path: str) -> str:
        """Return what a symbolic link holds, or nothing."""

    def inode(self, path: str) -> int:
        """Return the number of a file or folder, 0 where there is none."""

    def inside(self, pid: int, path: str, most: int) -> bytes | None:
        """Return a file as a process's root folder holds it; its links never lead outside."""

    def below(self, folder: str, path: str, most: int) -> bytes | None:
        """Return a file as one whose root folder this is finds it; None of the node's own root."""

    def at_home(self, pid: int) -> bool:
        """Return whether a process's root folder is the node's own, or nobody can tell."""

    def group_path(self, mount: str, identity: int) -> str:
        """Return the path below ``mount`` of the control group with this id, or nothing."""

    def mark(self, path: str) -> Mark:
        """Return the mark of a file, ``Mark()`` where there is none."""


class Found(Struct, frozen=True):
    """A container, and its control groups where the engine tells them (``/parent/name``)."""

    workload: Workload
    cgroups: tuple[str, ...] = ()


class Follower(Protocol):
    """What happens to an engine's containers, as the engine tells it."""

    def poll(self) -> Sequence[EngineEvent]:
        """Return what came since the last call, without waiting."""

    def close(self) -> None:
        """Stop following."""


class Engine(Protocol):
    """One container engine, runtime or orchestrator."""

    NAME: str
    TITLE: str
    FOLLOWS: str
    """How it tells what happens to its containers, in words."""

    def claims(self, path: str) -> str:
        """Return the container id in a control group's path, or nothing if it is not its own."""

    def containers(self, host: HostView) -> Iterator[Found]:
        """Yield what the engine's own state says; raises nothing for a container that just went."""

    def describe(self, host: HostView, identity: str, path: str) -> Workload | None:
        """Return what is known now of one container, None where the engine knows nothing of it."""

    def follow(self, host: HostView) -> Follower | None:
        """Return what follows the engine's events, None where there is nothing to follow."""
