"""
Observe the node without programs inside its kernel: process connector, fanotify and ``/proc``.

Births, executions, ends and changes of identity come from the process connector; what is executed,
opened and written, and names that are made, removed and moved, from fanotify; the rest of what is
known of a process, and sockets, from ``/proc``. It sees less than the programs do and names what it
does not see; what it sees has the same shape. The batch is in the order of time as far as that is
known: fanotify tells no time, so its events have that of the reading, or that of the process's end.

Losses are told: the connector's messages are numbered by processor, so a gap is an exact count;
fanotify only says that its queue overflowed, which counts as -1.

Rights: CAP_NET_ADMIN (connector), CAP_SYS_ADMIN (fanotify), CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH
(``/proc`` and handles of folders), in the node's own namespaces.
"""

from pratique.model.errors import CapabilityError
from pratique.model.interest import Interest
from pratique.sensors.interface import Hook, Readiness
from pratique.sensors.without_ebpf._connector import Connector
from pratique.sensors.without_ebpf._places import Places
from pratique.sensors.without_ebpf._proc import Proc
from pratique.sensors.without_ebpf._watching import WatchingProc

NAME = "proc-fanotify"
TITLE = "Process connector, fanotify and /proc (no eBPF)"

ALWAYS_BLIND = (
    "arguments of processes that end within milliseconds; their program is known by fanotify alone",
    "opens that fail, how a file was opened, and how often: equal opens are told once",
    "what a container does on file systems of its own (tmpfs) in its first milliseconds",
    "the order of file events against process events, to some milliseconds",
    "connections shorter than a look at /proc (half a second), and ones that fail",
    "DNS, dup, setns, unshare, mount, bpf, kernel modules, keyrings, signals, io_uring, memfd_create",
    "libraries that are mapped, and code in memory",
    "births of control groups, and which system calls are used",
    "names made again in a container where the image had one that was removed",
    "modes of files without execute bit, and who owns them",
    "refusing or killing: this sensor only sees",
)
_LACKING = {
    "executions": "programs of processes that end within milliseconds, and scripts",
    "files": "opened and written files",
    "names": "names that are made, removed and moved",
}


def probe() -> Readiness:
    """Open everything for a moment, and say what works."""
    proc = Proc()
    try:
        Connector(1 << 20).close()
    except CapabilityError as error:
        why = f"{error}; {error.hint()}"
        hook = Hook("process connector", False, str(error))
        return Readiness(sensor=NAME, ready=False, why_not=why, hooks=(hook,))
    places = Places(proc, reads=True)
    try:
        places.look()
        blind = []
        hooks = [Hook("process connector", True), Hook("/proc/PID/net", True)]
        for name, words in _LACKING.items():
            why = places.lacking.get(name, "")
            hooks.append(Hook(f"fanotify {name}", not why, why))
            if why:
                blind.append(words)
        missed = {what: why for what, why in places.lacking.items() if what not in _LACKING}
        hooks += [Hook(f"fanotify {what}", False, why) for what, why in missed.items()]
    finally:
        places.close()
    return Readiness(
        sensor=NAME,
        ready=True,
        tier="sees",
        blind=(*blind, *ALWAYS_BLIND),
        hooks=tuple(hooks),
    )


def start(interest: Interest) -> WatchingProc:
    """
    Begin to watch.

    Raises:
        CapabilityError: the process connector is not for us; the hint says what is missing.
    """
    return WatchingProc(interest)
