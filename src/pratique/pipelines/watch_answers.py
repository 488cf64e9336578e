"""Make what answers alerts while a watch runs: the plan, the guard, the means, the log."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct

from pratique.model.alert import Alert
from pratique.model.errors import CapabilityError
from pratique.model.event import Event
from pratique.model.reaction import Reaction
from pratique.model.workload import Workload
from pratique.pipelines.respond_now import reaction_log, records_folder
from pratique.responses.engines import Engines
from pratique.responses.fanotify_gate import FanotifyGate, Refusal, RunningGate, why_not
from pratique.responses.guard import Guard, Rate
from pratique.responses.interface import Blocker, Means, Refuser
from pratique.responses.node import Node
from pratique.responses.plan import Plan, exemption_of
from pratique.responses.responder import Responder, Worker
from pratique.sensors.interface import Running

MAX_RECENT = 4096
"""Events that are remembered for forensic records."""
MAX_OF_ALERT = 500


class Recent:
    """The last events of the watch, of which a record takes those of its container or process."""

    def __init__(self, most: int = MAX_RECENT) -> None:
        self._events: deque[Event] = deque(maxlen=most)

    def take(self, event: Event) -> None:
        """Remember an event."""
        self._events.append(event)

    def of(self, alert: Alert) -> Sequence[Event]:
        """Return the last events of an alert's container, else of its process, oldest first."""
        container = alert.workload.id if alert.workload is not None else ""
        # A copy: another thread asks than the one that fills it.
        found = [one for one in self._events.copy() if _is_of(one, container, alert.pid)]
        return found[-MAX_OF_ALERT:]


class Powers(Struct, frozen=True, kw_only=True):
    """What the sensor can do about a container; None where it cannot."""

    blocker: Blocker | None = None
    refuser: Refuser | None = None


class Both:
    """
    Two ways to keep drifted files from running, each for what the other does not see.

    Law: the first one refuses, the second one only ends what began; where the first fails, drifted files
    are not refused, and that is said, together with what is in force nevertheless.
    """

    def __init__(self, first: Refuser, second: Refuser) -> None:
        self._first, self._second = first, second

    @property
    def scripts_too(self) -> bool:
        """Whether either of them stops scripts."""
        return self._first.scripts_too or self._second.scripts_too

    def refuse(self, workload: Workload, cgroup: int, cgroup_v1: int) -> str:
        """
        Refuse by both; return by what means, and what is lacking.

        Raises:
            CapabilityError: the first cannot.
        """
        try:
            also = self._second.refuse(workload, cgroup, cgroup_v1)
        except CapabilityError as error:
            return f"{self._first.refuse(workload, cgroup, cgroup_v1)}; nothing besides: {error}"
        try:
            return f"{self._first.refuse(workload, cgroup, cgroup_v1)}; {also}"
        except CapabilityError as error:
            raise CapabilityError(f"{error}; in force: {also}", hint=error.hint()) from None


@contextmanager
def powers_of(
    sensor: Running | None, *, enforces: bool, told: Callable[[Refusal], None] | None = None
) -> Iterator[Powers]:
    """
    Give what can be done about a container while the watch runs.

    The kernel's own hook refuses drifted programs best; where the sensor has none, and measures are
    really taken, a gate of fanotify is opened, which lets everything pass when it ends. A sensor that
    can kill does so besides: it sees programs in memory and on volumes, the gate sees scripts.
    """
    means: object = sensor
    blocker = means if isinstance(means, Blocker) else None
    refuser = means if isinstance(means, Refuser) else None
    if refuser is not None and refuser.scripts_too:
        yield Powers(blocker=blocker, refuser=refuser)
    elif enforces and not why_not():
        with FanotifyGate(told=told) as gate:
            yield Powers(blocker=blocker, refuser=gate if refuser is None else Both(gate, refuser))
    else:
        yield Powers(blocker=blocker, refuser=refuser or RunningGate())


def answering(
    plan: Plan,
    powers: Powers,
    recent: Recent,
    environ: Mapping[str, str],
    done: Callable[[Reaction], None],
) -> Worker:
    """Return what takes alerts and answers them from a thread of its own; close it at the end."""
    means = Means(
        now_ns=time.time_ns,
        blocker=powers.blocker,
        refuser=powers.refuser,
        engines=Engines(environ=environ),
        records=records_folder(environ),
        recent=recent.of,
    )
    guard = Guard(
        Node(),
        exempt=lambda alert: exemption_of(plan, alert),
        per_workload=Rate(plan.rate.per_workload, plan.rate.seconds),
        overall=Rate(plan.rate.overall, plan.rate.seconds),
    )
    return Worker(Responder(plan, guard, means, reaction_log(environ).add), done)


def _is_of(event: Event, container: str, pid: int) -> bool:
    if container:
        return event.workload is not None and event.workload.id == container
    return event.process.pid == pid
