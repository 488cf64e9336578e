"""
Say where a file lies outside of the root of a process that changed its root (``chroot``).

The sensor tells a path as the process sees it, and where its root lies: the two together are what the
container, or the node, calls the file. Law: without another root nothing changes.
"""

from msgspec.structs import replace

from pratique.model.event import Event
from pratique.model.observation import Executed, Mapped, Opened


def whole_path(act: Opened | Executed | Mapped) -> str:
    """
    Return the path of a file from the root of the mount namespace.

    >>> whole_path(Opened("/shadow", root="/etc")), whole_path(Opened("/etc/shadow"))
    ('/etc/shadow', '/etc/shadow')
    """
    return act.root.rstrip("/") + act.path if act.root else act.path


def from_outside(event: Event) -> Event:
    """Return an event of a file as who did not change the root would see it."""
    seen = event.observation
    act = seen.act
    if not isinstance(act, Opened | Executed):
        return event
    path = whole_path(act)
    whole = replace(seen, act=replace(act, path=path, root=""))
    if isinstance(act, Executed):
        return replace(event, observation=whole, process=replace(event.process, path=path))
    return replace(event, observation=whole)
