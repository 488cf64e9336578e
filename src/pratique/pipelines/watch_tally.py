"""
Count what a watch saw, for its screen, its metrics and its last line.

Tables are bounded: of workloads those are kept that were heard of last.
"""

from collections import Counter, OrderedDict, deque

from msgspec import Struct

from pratique.model.alert import Alert, Incident
from pratique.model.event import Event
from pratique.model.workload import Workload

MAX_WORKLOADS = 1024
MAX_LATEST = 100
MAX_TYPES = 512
NODE = ""
"""The key of the node among the containers."""


class Counted(Struct):
    """What one container did: events, alerts; ``workload`` None is the node."""

    workload: Workload | None
    events: int = 0
    alerts: int = 0


class Tally:
    """The counts of one watch, from its start."""

    def __init__(self) -> None:
        self.events = 0
        self.forgotten = 0
        self.by_type: dict[str, int] = {}
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.incidents = 0
        self.latest: deque[Alert | Incident] = deque(maxlen=MAX_LATEST)
        self._workloads: OrderedDict[str, Counted] = OrderedDict()

    def event(self, event: Event) -> None:
        """Count an event and what it stands for."""
        seen, workload = event.observation, event.workload
        count = seen.count
        self.events += count
        before = self.by_type.get(seen.type)
        if before is not None:
            self.by_type[seen.type] = before + count
        elif len(self.by_type) < MAX_TYPES:
            self.by_type[seen.type] = count
        key = workload.id if workload is not None else NODE
        counted = self._workloads.get(key)
        if counted is None:
            counted = self._new(key, workload)
        counted.workload = workload
        counted.events += count

    def alert(self, alert: Alert) -> None:
        """Count an alert, told or folded."""
        self.by_rule[(alert.rule, alert.priority.value)] += alert.count
        key = alert.workload.id if alert.workload is not None else NODE
        counted = self._workloads.get(key)
        if counted is not None:
            counted.alerts += alert.count

    def know(self, workload: Workload | None) -> None:
        """Learn what a container that was counted is called."""
        counted = self._workloads.get(workload.id) if workload is not None and workload.id else None
        if counted is not None:
            counted.workload = workload

    def told(self, told: Alert | Incident) -> None:
        """Keep what was told last; an incident that grew takes the place of what it was."""
        if isinstance(told, Incident):
            known = [one for one in self.latest if isinstance(one, Incident) and one.id == told.id]
            for one in known:
                self.latest.remove(one)
            self.incidents += not known
        self.latest.append(told)

    def workloads(self) -> tuple[Counted, ...]:
        """Return the containers, those with the most alerts first, then the most events."""
        found = self._workloads.values()
        return tuple(sorted(found, key=lambda one: (-one.alerts, -one.events)))

    def _new(self, key: str, workload: Workload | None) -> Counted:
        if len(self._workloads) >= MAX_WORKLOADS:
            self._workloads.popitem(last=False)
            self.forgotten += 1
        counted = self._workloads[key] = Counted(workload)
        return counted
