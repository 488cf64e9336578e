"""
Hold an alert for a moment whose container is known by its id only, until its engine has told more.

An engine writes down what a container is called some 10 to 300 ms after it began, and a container of a
moment has done its deed by then. What is told of it waits for that: at most ``PATIENCE_NS``, then it is
told as it is, and no alert of that container waits again. Laws: nothing is lost; the order of all that
is told stays, because stories go by it, so that what comes meanwhile waits behind, never longer; a
full queue goes out at once and is counted. A response never waits. A replay holds nothing, because
nobody is asked there.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator

from msgspec import Struct

from pratique.detections.bounded import Bounded
from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.workload import Workload

PATIENCE_NS = 300_000_000
MOST_HELD = 1_024
"""Events whose alerts are held at once."""
MOST_IN_VAIN = 4_096
"""Containers that are remembered of which nothing more was told in time."""

Alerts = tuple[Alert, ...]
Ask = Callable[[Event], Event]
"""Joins an event again with what is known now of who it was."""


class Outcomes(Struct):
    """
    How many alerts were held, by how it ended.

    ``answered``: with the container's facts; ``late``: without, after the patience; ``early``: without,
    because too many were held or the watch ended.
    """

    answered: int = 0
    late: int = 0
    early: int = 0


class Raised(Struct, frozen=True):
    """
    Alerts that were raised together, by one event or by none.

    ``now`` is the event joined again, where more is known by now of its container.
    """

    alerts: Alerts
    event: Event | None = None
    now: Event | None = None


class Holding:
    """
    The queue of one watch.

    Args:
        ask: says what is known now.
        clock: nanoseconds that only rise.
    """

    def __init__(self, ask: Ask, clock: Callable[[], int] = time.monotonic_ns) -> None:
        self.outcomes = Outcomes()
        self._ask = ask
        self._clock = clock
        self._queue: deque[tuple[Raised, bool, int]] = deque()
        """What was raised, whether it is asked for, and until when it waits."""
        self._in_vain: Bounded[str, bool] = Bounded(MOST_IN_VAIN)

    def __len__(self) -> int:
        """Return how much is held."""
        return len(self._queue)

    def take(self, raised: Raised) -> Iterator[Raised]:
        """
        Take what was raised now; yield what is to be told now.

        What is held stays so until ``due``, so that engines were asked at least once since it was raised.
        """
        event = raised.event
        waits = event is not None and _lacks(event) and not self._in_vain.get(_key(event))
        if not waits and not self._queue:
            yield raised
            return
        self._queue.append((raised, waits, self._clock() + PATIENCE_NS))
        if len(self._queue) > MOST_HELD:
            yield from self.rest()

    def due(self) -> Iterator[Raised]:
        """Yield what waits no longer; call it after engines were asked."""
        while self._queue:
            raised, waits, until_ns = self._queue[0]
            now = self._ask(raised.event) if waits and raised.event is not None else None
            lacks = now is not None and _lacks(now)
            if now is not None and lacks:
                if self._clock() < until_ns and not self._in_vain.get(_key(now)):
                    return
                self._in_vain.put(_key(now), True)
                self.outcomes.late += len(raised.alerts)
            yield from self._released(now, lacks=lacks)

    def rest(self, *, asks: bool = True) -> Iterator[Raised]:
        """Yield everything that is held; ``asks`` is false where asking has just failed."""
        while self._queue:
            raised, waits, _ = self._queue[0]
            now = raised.event if waits else None
            if now is not None and asks:
                now = self._ask(now)
            lacks = now is not None and _lacks(now)
            self.outcomes.early += len(raised.alerts) if lacks else 0
            yield from self._released(now, lacks=lacks)

    def _released(self, now: Event | None, *, lacks: bool) -> Iterator[Raised]:
        """Yield the first of the queue with what is known now where that is more, then take it out."""
        raised = self._queue[0][0]
        if now is not None and now is not raised.event:
            yield Raised(raised.alerts, raised.event, now)
        else:
            yield raised
        # Whoever failed while taking it gets it again: told twice is better than lost.
        self._queue.popleft()
        self.outcomes.answered += len(raised.alerts) if now is not None and not lacks else 0


def _lacks(event: Event) -> bool:
    """Return whether an event's container is known by its id, or its control group, only."""
    seen = event.observation
    return _is_bare(event.workload) and bool(seen.cgroup or seen.cgroup_v1)


def _is_bare(workload: Workload | None) -> bool:
    """
    Return whether a container is known by its id only, and more may come.

    >>> _is_bare(None), _is_bare(Workload(id="a", engine="docker", complete=False))
    (False, True)
    """
    if workload is None or workload.complete:
        return False
    return not (workload.name and workload.image)


def _key(event: Event) -> str:
    workload, seen = event.workload, event.observation
    return (workload.id if workload else "") or f"{seen.cgroup} {seen.cgroup_v1}"
