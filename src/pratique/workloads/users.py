"""
Name users by their number: as the container's own ``/etc/passwd`` does, or the node's.

Law: a container's file is read inside its root folder, so that no link in it leads to a file of the
node; it is bounded and read again after ``FRESH_NS``, one that could not be read after ``RETRY_NS`` and
then after twice as long each time, because many containers have none. A container that is being made
still has the node's root folder, whose accounts are not its own; one of a moment is gone when it is
asked. Then its root counts as its engine has laid it out on the node. Names come from the container:
they explain, and grant nothing.
"""

from pratique.formats.accounts import read_passwd
from pratique.model.workload import Workload
from pratique.workloads.interface import HostView

MOST_FILES = 4_096
FRESH_NS = 60_000_000_000
RETRY_NS = 1_000_000
"""Short: a container is made within milliseconds, and its first program may be another user's."""
_MOST_BYTES = 1 << 20
_MOST_NAME = 64
_ACCOUNTS = "/etc/passwd"
_ONLY_ROOT = {0: "root"}
"""Who is known where no accounts could be read."""


def place_of(workload: Workload | None, pid: int) -> str:
    """
    Return what tells whose accounts count: the node's, a container's, or those of one process whose container is not known.

    >>> place_of(None, 7), place_of(Workload(id="", engine=""), 7)
    ('', '?7')
    """
    if workload is None:
        return ""
    return workload.id or f"?{pid}"


class Users:
    """The names of users by container; without a ``host`` (a replay) only root has one."""

    def __init__(self, host: HostView | None) -> None:
        self._host = host
        self._known: dict[str, tuple[int, dict[int, str]]] = {}
        self._pauses: dict[str, int] = {}

    def name(self, uid: int, pid: int, workload: Workload | None, now_ns: int) -> str:
        """Return the name of a user, empty where it has none."""
        return self.named(uid, pid, workload, now_ns)[0]

    def named(self, uid: int, pid: int, workload: Workload | None, now_ns: int) -> tuple[str, int]:
        """
        Return the name of a user, empty where it has none, and until when that holds.

        ``pid`` is a process of the container, whose root folder is looked into where the container's
        first one is not known, or gone.
        """
        key = place_of(workload, pid)
        known = self._known.get(key)
        if known is None or known[0] < now_ns:
            known = self._read(key, pid, workload, now_ns)
        return known[1].get(uid, ""), known[0]

    def _read(
        self, key: str, pid: int, workload: Workload | None, now_ns: int
    ) -> tuple[int, dict[int, str]]:
        old = self._known.pop(key, None)
        content = self._content(pid, workload)
        fresh_ns = FRESH_NS
        pause_ns = self._pauses.pop(key, RETRY_NS)
        if content is None and self._host is not None:
            fresh_ns, self._pauses[key] = pause_ns, min(2 * pause_ns, FRESH_NS)
            if old is None or old[1] is _ONLY_ROOT:
                content = self._laid_out(workload, self._host)
        if content is None:
            # A container that went is named as long as it is asked about.
            names = old[1] if old else _ONLY_ROOT
        else:
            names = {}
            for account in read_passwd(content):
                names.setdefault(account.uid, account.name[:_MOST_NAME])
        if len(self._known) >= MOST_FILES:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._pauses.pop(oldest, None)
        found = self._known[key] = now_ns + fresh_ns, names
        return found

    def _content(self, pid: int, workload: Workload | None) -> bytes | None:
        if self._host is None:
            return None
        if workload is None:
            return self._host.read(_ACCOUNTS, _MOST_BYTES)
        for one in dict.fromkeys((workload.init_pid, pid)):
            content = self._inside(one, workload, self._host) if one else None
            if content is not None:
                return content
        return None

    def _laid_out(self, workload: Workload | None, host: HostView) -> bytes | None:
        folder = workload.merged if workload is not None else ""
        return host.below(folder, _ACCOUNTS, _MOST_BYTES) if folder else None

    def _inside(self, pid: int, workload: Workload, host: HostView) -> bytes | None:
        if workload.id and host.at_home(pid):
            return None
        return host.inside(pid, _ACCOUNTS, _MOST_BYTES)
