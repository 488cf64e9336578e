"""
Tell what only its number makes an attack: one connection, renaming or process is nothing.

Counted for each container in windows that begin with the first of their kind:

- ``port-scan``: so many ports of one address are tried (ephemeral ones aside, which tests and peers use);
- ``bulk-rename``: so many files get the same ending behind their own, as ransom programs do; endings
  of figures are rotations of logs;
- ``fork-bomb``: so many more processes began than ended;
- ``names-tunnel``: so many names of one domain are asked for whose first part is as long as no person
  writes one: data leave, or commands come, in them. Names of the cluster and of addresses aside.

Laws: a deed counts once; what is told is told once a window; tables are bounded, and the oldest
window goes first, which can only tell less. Windows that ended are forgotten when new ones begin.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.detections.bounded import Bounded
from pratique.detections.telling import Saying, tell
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.observation import Exited, Forked, PathChanged, Resolved, SocketUsed

MOST_WINDOWS = 8192
PORTS = 50
RENAMES = 100
PROCESSES = 1000
NAMES = 100
LONG_PART = 24
_NEAR = (".arpa", ".internal", ".local", ".localdomain")
_EPHEMERAL = 32768
_SECOND = 1_000_000_000
_RENAMES = frozenset({"rename", "renameat", "renameat2"})


class _Counted(Struct, frozen=True):
    """The number that tells, within how long, and what is said: its output has places for what was met."""

    most: int
    window_ns: int
    saying: Saying


_SCAN = _Counted(
    PORTS,
    60 * _SECOND,
    Saying(
        detector=Detector.CORRELATION,
        rule="port-scan",
        priority=Priority.ERROR,
        output="{count} ports of {what} were tried within a minute",
        tags=("container", "mitre_discovery", "T1046"),
    ),
)
_RENAMED = _Counted(
    RENAMES,
    60 * _SECOND,
    Saying(
        detector=Detector.CORRELATION,
        rule="bulk-rename",
        priority=Priority.CRITICAL,
        output="{count} files got the ending {what} within a minute, as by a ransom program",
        tags=("container", "mitre_impact", "T1486"),
    ),
)
_FORKS = _Counted(
    PROCESSES,
    10 * _SECOND,
    Saying(
        detector=Detector.CORRELATION,
        rule="fork-bomb",
        priority=Priority.ERROR,
        output="{count} more processes began than ended within 10 s",
        tags=("container", "mitre_impact", "T1499"),
    ),
)
_NAMES = _Counted(
    NAMES,
    60 * _SECOND,
    Saying(
        detector=Detector.CORRELATION,
        rule="names-tunnel",
        priority=Priority.ERROR,
        output="{count} long names below {what} were asked for within a minute, as by a tunnel",
        tags=("container", "mitre_exfiltration", "T1048.003", "T1071.004"),
    ),
)


_LONGEST_NS = max(one.window_ns for one in (_SCAN, _RENAMED, _FORKS, _NAMES))


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
        types = _RENAMES | {"connect", "dns", "fork", "procexit"}
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
            case Resolved() if not act.response:
                return self._asked(event, act)
            case Forked():
                return self._sum(_FORKS, event, 1)
            case Exited():
                return self._sum(_FORKS, event, -1)
            case _:
                return ()

    def _connected(self, event: Event, act: SocketUsed) -> Sequence[Alert]:
        if event.observation.type != "connect" or not 0 < act.remote_port < _EPHEMERAL:
            return ()
        window = self._window(_SCAN, event, act.remote_address)
        if len(window.values) < PORTS:
            window.values.add(act.remote_port)
        return self._told(_SCAN, event, window, (len(window.values), act.remote_address))

    def _renamed(self, event: Event, act: PathChanged) -> Sequence[Alert]:
        old = act.path
        ending = act.new_path[len(old) :] if old and act.new_path.startswith(f"{old}.") else ""
        if not ending or ending[1:].isdigit():
            return ()
        window = self._window(_RENAMED, event, ending)
        window.sum += event.observation.count
        return self._told(_RENAMED, event, window, (window.sum, ending))

    def _asked(self, event: Event, act: Resolved) -> Sequence[Alert]:
        name = act.name.rstrip(".").lower()
        if name.find(".") < LONG_PART or name.endswith(_NEAR):
            return ()
        domain = ".".join(name.rsplit(".", 2)[-2:])
        window = self._window(_NAMES, event, domain)
        if len(window.values) < NAMES:
            window.values.add(hash(name))
        return self._told(_NAMES, event, window, (len(window.values), domain))

    def _sum(self, counted: _Counted, event: Event, by: int) -> Sequence[Alert]:
        window = self._window(counted, event, "")
        window.sum = max(window.sum + by, 0)
        return self._told(counted, event, window, (window.sum, ""))

    def _window(self, counted: _Counted, event: Event, what: str) -> _Window:
        key = (counted.saying.rule, event.workload.id if event.workload else "", what)
        window = self._windows.get(key)
        now = event.observation.time_ns
        if window is None or now - window.began_ns > counted.window_ns:
            for _ in self._windows.drop_while(lambda one: now - one.began_ns > _LONGEST_NS):
                pass
            window = _Window(now)
            self._windows.put(key, window)
        return window

    def _told(
        self, counted: _Counted, event: Event, window: _Window, reached: tuple[int, str]
    ) -> Sequence[Alert]:
        count, what = reached
        if window.told or count < counted.most:
            return ()
        window.told = True
        saying = replace(
            counted.saying,
            output=counted.saying.output.format(count=count, what=what),
            fields=(("pratique.count", str(count)), ("pratique.counted", what)),
        )
        return (tell(event, saying),)
