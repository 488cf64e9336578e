"""
Look a process up in ``/proc``: what began before anybody watched, or whose beginning was lost.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.runtime.process_files import (
    read_arguments,
    read_groups,
    read_stat,
    read_status,
)
from pratique.model.event import Process
from pratique.workloads.interface import HostView

TICKS_PER_S = 100
"""USER_HZ: what ``/proc`` counts in on every architecture of these years."""
_MOST = 65_536


class Looked(Struct, frozen=True):
    """A process without its ancestors, its parent, and its control groups' paths."""

    process: Process
    parent: int
    groups: dict[str, str]


def look_up(host: HostView, pid: int, boot_ns: int) -> Looked | None:
    """
    Return a process, None where it is gone.

    ``boot_ns`` is when the machine started, since the epoch; a start is exact to 10 ms.
    """
    stat = read_stat(host.read(f"/proc/{pid}/stat", _MOST) or b"")
    if stat is None:
        return None
    status = read_status(host.read(f"/proc/{pid}/status", _MOST) or b"")
    arguments = read_arguments(host.read(f"/proc/{pid}/cmdline", 4 << 20) or b"")
    login = (host.read(f"/proc/{pid}/loginuid", 32) or b"").strip()
    path = host.link(f"/proc/{pid}/exe").removesuffix(" (deleted)")
    rest = " ".join(arguments[1:])
    started_ns = boot_ns + stat.started_ticks * (1_000_000_000 // TICKS_PER_S)
    process = Process(
        pid=pid,
        name=stat.name,
        path=path,
        executable=arguments[0] if arguments else "",
        arguments=arguments[1:],
        command_line=f"{stat.name} {rest}" if rest else stat.name,
        directory=host.link(f"/proc/{pid}/cwd"),
        started_ns=started_ns,
        executed_ns=started_ns,
        uid=status.uid,
        gid=status.gid,
        login_uid=int(login) if login.isdigit() and len(login) < 11 else 0xFFFFFFFF,
        session=stat.session,
        process_group=stat.process_group,
        virtual_pid=status.virtual_pid,
        tty=stat.tty,
        cap_effective=status.cap_effective,
        cap_permitted=status.cap_permitted,
        cap_inheritable=status.cap_inheritable,
        memfd=path.startswith("/memfd:"),
    )
    return Looked(process, stat.parent, read_groups(host.read(f"/proc/{pid}/cgroup", _MOST) or b""))


def started_ns(host: HostView, pid: int, boot_ns: int) -> int:
    """Return when a process began, 0 where it is gone."""
    stat = read_stat(host.read(f"/proc/{pid}/stat", _MOST) or b"")
    return boot_ns + stat.started_ticks * (1_000_000_000 // TICKS_PER_S) if stat else 0


def pids(host: HostView) -> Iterator[int]:
    """Yield the processes that are there now."""
    for name in host.names("/proc"):
        if name.isdigit() and len(name) < 11:
            yield int(name)
