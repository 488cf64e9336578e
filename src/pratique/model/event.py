"""
Describe an observation together with who did it.

Detectors see events. The process is a snapshot: what it was when the event happened, with its
ancestors as they were, so that a story stays whole when they exit.
"""

from msgspec import Struct

from pratique.model.observation import Observation
from pratique.model.workload import Workload

MAX_ANCESTORS = 16
"""How many ancestors a process remembers; older ones are cut."""


class Ancestor(Struct, frozen=True, gc=False):
    """What is remembered of a parent, its parent, and so on."""

    pid: int
    name: str
    path: str = ""
    command_line: str = ""
    executable: str = ""
    session_leader: bool = False
    in_container: bool = False
    chosen_name: bool = False


class Process(Struct, frozen=True, weakref=True):
    """
    One process between two executions.

    ``name`` is the kernel's comm (at most 15 bytes), ``path`` the program's file, ``executable`` is
    argv[0]. ``command_line`` is the name and the arguments behind argv[0], joined by blanks;
    ``arguments`` leaves argv[0] out. ``known`` is False where the process began before the sensor
    and had gone when it was looked up. ``ancestors`` are nearest first. ``chosen_name`` says that
    whoever began it chose its name: by a link, a script or a file in a place that is not the system's.

    It never changes, so that what is found out about it may be remembered, by a weak reference to it.
    """

    pid: int
    name: str
    path: str = ""
    executable: str = ""
    arguments: tuple[str, ...] = ()
    command_line: str = ""
    directory: str = ""
    script: str = ""
    environment: tuple[str, ...] = ()
    started_ns: int = 0
    executed_ns: int = 0
    uid: int = 0
    gid: int = 0
    login_uid: int = 0xFFFFFFFF
    session: int = 0
    process_group: int = 0
    virtual_pid: int = 0
    tty: int = 0
    cap_effective: int = 0
    cap_permitted: int = 0
    cap_inheritable: int = 0
    inode: int = 0
    device: int = 0
    upper_layer: bool = False
    memfd: bool = False
    changed_ns: int = 0
    modified_ns: int = 0
    ancestors: tuple[Ancestor, ...] = ()
    known: bool = True
    chosen_name: bool = False


class Event(Struct, frozen=True, gc=False):
    """
    An observation, its process, and its workload (``None``: the node itself).

    ``remote_name`` is the name that observed DNS answers gave the remote address, empty if none did.
    ``user`` is the name of the uid in the container's or node's passwd, empty where unknown.
    ``local_name`` is the name that such answers gave the address of this end; ``login_user`` the name,
    on the node, of who logged in to begin the process, empty where nobody did.
    """

    observation: Observation
    process: Process
    workload: Workload | None = None
    node: str = ""
    user: str = ""
    remote_name: str = ""
    local_name: str = ""
    login_user: str = ""
