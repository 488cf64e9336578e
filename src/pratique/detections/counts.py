"""
Tell what only its number makes an attack: one connection, renaming or process is nothing.

Counted for each container in windows that begin with the first of their kind:

- ``port-scan``: so many ports of one address are tried (ephemeral ones aside, which tests and peers use);
- ``bulk-rename``: so many files get the same ending behind their own, as ransom programs do; endings
  of figures are rotations of logs;
- ``fork-bomb``: so many more processes began than ended.

Laws: a deed counts once; what is told is told once a window; tables are bounded, and the oldest
window goes first, which can only tell less.
"""

from collections.abc import Sequence

from msgspec import Struct

from pratique.detections.bounded import Bounded
from pratique.detections.telling import Saying, tell
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.observation import Exited, Forked, PathChanged, SocketUsed

MOST_WINDOWS = 8192
PORTS = 50
RENAMES = 100
PROCESSES = 1000
_EPHEMERAL = 32768
_SECOND = 1_000_000_000
_RENAMES = frozenset({"rename", "renameat", "renameat2"})


class _Asked(Struct, frozen=True):
    """What is counted: the name, the number that tells, the window, the words and tags."""

    rule: str
    most: int
    window_ns: int
    priority: Priority
    words: str
    tags: tuple[str, ...]


SCAN = _Asked(
    "port-scan",
    PORTS,
    60 * _SECOND,
    Priority.ERROR,
    "{count} ports of {what} were tried within a minute",
    ("container", "mitre_discovery", "T1046"),
)
RENAMED = _Asked(
    "bulk-rename",
    RENAMES,
    60 * _SECOND,
    Priority.CRITICAL,
    "{count} files got the ending {what} within a minute, as by a ransom program",
    ("container", "mitre_impact", "T1486"),
)
FORKS = _Asked(
    "fork-bomb",
    PROCESSES,
    10 * _SECOND,
    Priority.ERROR,
    "{count} more processes began than ended within 10 s",
    ("container", "mitre_impact", "T1499"),
)
ALL = (SCAN, RENAMED, FORKS)


class _Window:
    """One count: distinct values where there are any, else a sum."""

    def __init__(self, began_ns: int) -> None:
        self.began_ns = began_ns
        self.values: set[int] = set()
        self.sum = 0
        self.told = False


class Counts:
    """The detector; ``evicted`` windows had to go early."""

    def __init__(self, most: int = MOST_WINDOWS) -> None:
        self._windows: Bounded[tuple[str, str, str], _Window] = Bounded(most)

    @property
    def evicted(self) -> int:
        """Return how many windows were forgotten for want of room."""
        return self._windows.evicted

    def interest(self) -> Interest:
        """Return which events it needs."""
        types = _RENAMES | {"connect", "fork", "procexit"}
        return Interest(types=types, every_open=False, open_writes=False)

    def see(self, event: Event) -> Sequence[Alert]:
        """Return an alert where this event completes a number."""
        if event.workload is None or not event.workload.id:
            return ()
        act, seen = event.observation.act, event.observation
        match act:
            case SocketUsed():
                return self._connected(event, act)
            case PathChanged() if seen.type in _RENAMES and seen.result >= 0:
                return self._renamed(event, act)
            case Forked():
                return self._sum(FORKS, event, 1)
            case Exited():
                return self._sum(FORKS, event, -1)
            case _:
                return ()

    def _connected(self, event: Event, act: SocketUsed) -> Sequence[Alert]:
        if event.observation.type != "connect" or not 0 < act.remote_port < _EPHEMERAL:
            return ()
        window = self._window(SCAN, event, act.remote_address)
        if len(window.values) < PORTS:
            window.values.add(act.remote_port)
        return self._told(SCAN, event, window, (len(window.values), act.remote_address))

    def _renamed(self, event: Event, act: PathChanged) -> Sequence[Alert]:
        old = act.path
        ending = act.new_path[len(old) :] if old and act.new_path.startswith(f"{old}.") else ""
        if not ending or ending[1:].isdigit():
            return ()
        window = self._window(RENAMED, event, ending)
        window.sum += event.observation.count
        return self._told(RENAMED, event, window, (window.sum, ending))

    def _sum(self, asked: _Asked, event: Event, by: int) -> Sequence[Alert]:
        window = self._window(asked, event, "")
        window.sum = max(window.sum + by, 0)
        return self._told(asked, event, window, (window.sum, ""))

    def _window(self, asked: _Asked, event: Event, what: str) -> _Window:
        key = (asked.rule, event.workload.id if event.workload else "", what)
        window = self._windows.get(key)
        now = event.observation.time_ns
        if window is None or now - window.began_ns > asked.window_ns:
            window = _Window(now)
            self._windows.put(key, window)
        return window

    def _told(
        self, asked: _Asked, event: Event, window: _Window, reached: tuple[int, str]
    ) -> Sequence[Alert]:
        count, what = reached
        if window.told or count < asked.most:
            return ()
        window.told = True
        saying = Saying(
            detector=Detector.CORRELATION,
            rule=asked.rule,
            priority=asked.priority,
            output=asked.words.format(count=count, what=what),
            tags=asked.tags,
            fields=(("pratique.count", str(count)), ("pratique.counted", what)),
        )
        return (tell(event, saying),)
