"""
Go before other programs, so that a busy node does not blind the watch.

A watch that gets only its even share of a node with thirty programs at work reads too late, and the kernel drops
what does not fit. Law: nobody's choice is overruled: a priority that somebody set already stays, and
where it may not be set, nothing changes. What is set is given back at the end. The group of the session
(autogroup) is raised only where the watch leads its session, as a service does.
Source: sched(7) (nice value, autogroup), setpriority(2).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NICE = -10
_AUTOGROUP = Path("/proc/self/autogroup")


@contextmanager
def before_others(nice: int = NICE) -> Iterator[bool]:
    """Let this thread, and those and the processes that it begins, go first; say whether they do."""
    raised = _own() == 0 and _set(nice)
    led = raised and os.getsid(0) == os.getpid() and _group() == 0 and _set_group(nice)
    try:
        yield raised
    finally:
        if raised:
            _set(0)
        if led:
            _set_group(0)


def _own() -> int | None:
    """Return the nice value of this thread, None where a profile of system calls lets nobody ask."""
    with suppress(PermissionError):
        return os.getpriority(os.PRIO_PROCESS, 0)
    return None


def _set(nice: int) -> bool:
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, nice)
        return True
    return False


def _group() -> int | None:
    """Return the nice value of the session's group, None where there are no such groups."""
    with suppress(OSError, ValueError):
        return int(_AUTOGROUP.read_text("ascii").split()[-1])
    return None


def _set_group(nice: int) -> bool:
    with suppress(OSError):
        _AUTOGROUP.write_text(str(nice), "ascii")
        return True
    return False
