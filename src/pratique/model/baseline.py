"""
Describe what a workload does when it does what it should: a learnt baseline.

Every list is a set: sorted, without repetition. Texts may hold ``*`` for what differs from run to
run (a number, a random name); a path that ends in ``/**`` stands for everything below.
"""

from enum import StrEnum

from msgspec import Struct

MAX_VALUES = 5000
"""How many values of one kind a baseline holds."""


class Mode(StrEnum):
    """What a baseline is used for."""

    LEARN = "learn"
    DETECT = "detect"
    """Tell what is outside."""
    ENFORCE = "enforce"
    """Tell it, and ask that something be done about it."""


class ProcessSeen(Struct, frozen=True, order=True, gc=False):
    """A program, its parent, and the shape of its arguments; the engine's own parent is empty."""

    path: str
    parent: str = ""
    arguments: str = ""


class Destination(Struct, frozen=True, order=True, gc=False):
    """
    Where a workload connects to.

    ``to`` is the DNS name where one was seen, else the address or its network, or ``unix:`` and a
    path; ``protocol`` is ``tcp``, ``udp`` or ``unix``.
    """

    to: str
    port: int = 0
    protocol: str = "tcp"


class Listening(Struct, frozen=True, order=True, gc=False):
    """A port that a workload serves; 0 stands for one that the kernel chose."""

    port: int
    protocol: str = "tcp"


class Run(Struct, frozen=True, order=True, kw_only=True):
    """
    One container that was learnt from.

    ``id`` is the container's. ``newest_ns`` is when something new was last seen in it.
    """

    id: str
    node: str = ""
    first_ns: int = 0
    last_ns: int = 0
    newest_ns: int = 0
    events: int = 0


class Baseline(Struct, frozen=True, kw_only=True):
    """
    What is known of one workload of one image.

    ``digest`` and ``workload`` name it; ``image`` is what it was called. ``full`` names the kinds
    whose values did not all fit, of which nothing is outside therefore. ``syscalls_whole`` says that
    every system call was seen, not only those that a sensor reports for themselves.
    """

    digest: str
    workload: str
    image: str = ""
    mode: Mode = Mode.LEARN
    runs: tuple[Run, ...] = ()
    processes: tuple[ProcessSeen, ...] = ()
    writes: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    destinations: tuple[Destination, ...] = ()
    listens: tuple[Listening, ...] = ()
    names: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    syscalls: tuple[str, ...] = ()
    syscalls_whole: bool = False
    full: tuple[str, ...] = ()
