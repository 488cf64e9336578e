"""Find the writable folder of a container's overlay in the mounts of a process."""

from pratique.formats.runtime.mountinfo import read_mounts
from pratique.workloads.interface import HostView

_MOST = 8 << 20


def upper_of(host: HostView, pid: int, point: str) -> str:
    """
    Return the ``upperdir`` of the overlay mounted at ``point`` as a process sees it, or nothing.

    Pid 1 sees the node's mounts, a container's first process its own root at ``/``.
    """
    for mount in read_mounts(host.read(f"/proc/{pid}/mountinfo", _MOST) or b""):
        if mount.kind == "overlay" and mount.point == point:
            return mount.option("upperdir")
    return ""


def upper_of_container(host: HostView, pid: int, merged: str) -> str:
    """Return the writable folder by the node's own mounts, else by the container's root."""
    return (upper_of(host, 1, merged) if merged else "") or (
        upper_of(host, pid, "/") if pid else ""
    )
