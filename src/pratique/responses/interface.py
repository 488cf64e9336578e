"""
Act on an alert: the one interface of this folder.

A response is a module with ``NAME`` (a ``Measure``), ``TITLE``, ``NEEDS`` and ``act``. The guard
(``responses.guard``) has agreed before ``act`` is called: never the node's pid 1, never pratique
itself, never more than the rate allows, nothing in a dry run. ``act`` says what became of it; it may
take seconds, so whoever reads events calls it from another thread.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from signal import SIGTERM
from typing import Protocol, runtime_checkable

from msgspec import Struct

from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.model.workload import Workload


class Target(StrEnum):
    """What a measure acts on."""

    PROCESS = "process"
    CONTAINER = "container"
    DESTINATION = "destination"
    EITHER = "process or container"


class Order(Struct, frozen=True, kw_only=True):
    """
    One measure that shall be taken, and why.

    ``node`` allows it for processes of the node itself, outside of any container. ``grace_s`` is how
    long a container may take to stop by itself.
    """

    measure: Measure
    reason: str
    dry_run: bool = True
    node: bool = False
    signal: int = SIGTERM
    grace_s: float = 5.0


class Unable(Exception):
    """Say why a measure could not be taken; becomes ``Outcome.FAILED``."""


class Refused(Exception):
    """Say why a measure must not be taken; becomes ``Outcome.REFUSED``."""


@runtime_checkable
class Blocker(Protocol):
    """What can keep a container from a destination: the sensor's maps in the kernel."""

    def deny(self, cgroup: int, cgroup_v1: int, address: str, port: int) -> None:
        """
        Refuse connections of a container to an address from now on.

        The container is told by its own group of version 2, of version 1 (pids), or both; 0 where it
        has none there. Port 0 is every port, an empty address every address.

        Raises:
            CapabilityError: it cannot be done here.
        """


@runtime_checkable
class Refuser(Protocol):
    """
    What can keep a container from executing files that are not in its image.

    ``scripts_too`` says whether a script is kept from running as well, not only a program.
    """

    @property
    def scripts_too(self) -> bool: ...

    def refuse(self, workload: Workload, cgroup: int, cgroup_v1: int) -> str:
        """
        Refuse executions of drifted files from now on; return by what means, in words.

        Raises:
            CapabilityError: it cannot be done here.
        """


class EngineControl(Protocol):
    """What can be asked of a container engine."""

    def pause(self, workload: Workload) -> str:
        """Stop it where it stands; return by what means. Raises Unable."""

    def stop(self, workload: Workload, grace_s: float) -> str:
        """End it; return by what means. Raises Unable."""


class Means(Struct, kw_only=True):
    """
    What measures work with; whatever is None is not to be had here.

    ``proc`` is the folder of processes, ``records`` where forensic records go, ``recent`` gives the
    last events of an alert's process or container, ``now_ns`` the time.
    """

    now_ns: Callable[[], int]
    proc: Path = Path("/proc")
    blocker: Blocker | None = None
    refuser: Refuser | None = None
    engines: EngineControl | None = None
    records: Path | None = None
    recent: Callable[[Alert], Sequence[Event]] | None = None


class Response(Protocol):
    """One measure."""

    NAME: Measure
    TITLE: str
    NEEDS: Target

    def act(self, alert: Alert, order: Order, means: Means) -> Reaction:
        """Do it, and say what became of it; a failure is an outcome, not an exception."""


def reaction(
    outcome: Outcome,
    alert: Alert,
    order: Order,
    means: Means,
    *,
    target: str = "",
    detail: str = "",
) -> Reaction:
    """Return what became of an order."""
    return Reaction(
        measure=order.measure,
        outcome=outcome,
        reason=order.reason,
        rule=alert.rule,
        time_ns=means.now_ns(),
        pid=alert.pid,
        container_id=alert.workload.id if alert.workload else "",
        target=target,
        detail=detail,
    )


def attempt(
    alert: Alert, order: Order, means: Means, target: str, do: Callable[[], str]
) -> Reaction:
    """Do it and return what became of it: ``do`` says by what means, or raises why it could not."""
    try:
        detail = do()
    except Refused as why:
        return reaction(Outcome.REFUSED, alert, order, means, target=target, detail=str(why))
    except Unable as why:
        return reaction(Outcome.FAILED, alert, order, means, target=target, detail=str(why))
    except OSError as error:
        said = error.strerror or str(error)
        return reaction(Outcome.FAILED, alert, order, means, target=target, detail=said)
    return reaction(Outcome.DONE, alert, order, means, target=target, detail=detail)
