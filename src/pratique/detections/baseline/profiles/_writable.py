"""
Say which folders a workload must be able to write to when the rest is read-only.

The kernel's own trees (/dev, /proc, /sys) are mounted by the engine and need nothing. What lies in
memory well (runtime files, caches, temporary files) becomes a tmpfs; the rest is data, and a volume.
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.model.baseline import Baseline

_KERNEL = ("/dev/", "/proc/", "/sys/")
_MEMORY = ("/tmp", "/run", "/var/run", "/var/tmp", "/var/cache", "/var/lock", "/var/log")  # noqa: S108
_NARROWEST = 3
"""A folder is opened no deeper than so many parts: below it names come and go."""


class Writable(Struct, frozen=True, order=True):
    """A folder that is writable: in memory, or a volume."""

    folder: str
    memory: bool


def writable_folders(baseline: Baseline) -> tuple[Writable, ...]:
    """
    Return the folders, none inside another; sorted.

    >>> found = writable_folders(Baseline(digest="", workload="x", writes=("/run/x.pid", "/srv/data/a/b/c")))
    >>> [(one.folder, one.memory) for one in found]
    [('/run', True), ('/srv/data/a', False)]
    """
    folders = {_folder(one) for one in baseline.writes if not one.startswith(_KERNEL)}
    tops = sorted(one for one in folders if not any(_inside(one, other) for other in folders))
    return tuple(Writable(one, _is_memory(one)) for one in tops if one)


def is_writable(path: str, folders: Iterable[Writable]) -> bool:
    """Return whether a path lies in one of the folders, or in a tree of the kernel."""
    return path.startswith(_KERNEL) or any(
        path == one.folder or path.startswith(one.folder.rstrip("/") + "/") for one in folders
    )


def _folder(pattern: str) -> str:
    parts = pattern.rpartition("/")[0].split("/")[1 : _NARROWEST + 1]
    # A part that differs from run to run cannot be mounted: the folder above it is.
    kept: list[str] = []
    for part in parts:
        if "*" in part:
            break
        kept.append(part)
    return "/" + "/".join(kept)


def _inside(one: str, other: str) -> bool:
    return one != other and one.startswith(other.rstrip("/") + "/")


def _is_memory(folder: str) -> bool:
    return any(folder == one or folder.startswith(one + "/") for one in _MEMORY)
