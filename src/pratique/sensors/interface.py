"""
Observe a node: the one interface of this folder.

A sensor is a module with ``NAME``, ``TITLE``, ``probe()`` and ``start()``. Probing changes nothing
and says what would work here, what would not, and why. A started sensor is polled: it hands out
batches of observations, in the order of each stream, and what it lost as observations of type
``lost``. The parsing of what the kernel says is pure and stands in ``formats``.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from msgspec import Struct

from pratique.model.interest import Interest
from pratique.model.observation import Observation


class Hook(Struct, frozen=True):
    """One point where the kernel can be watched, and whether it can be here."""

    name: str
    ready: bool
    why_not: str = ""


class Readiness(Struct, frozen=True, kw_only=True):
    """
    What a sensor could do on this machine.

    ``tier`` is its own word for how much ("refuses executions", "sees and kills", "sees"); ``blind``
    names in plain words what it cannot see or do here.
    """

    sensor: str
    ready: bool
    tier: str = ""
    why_not: str = ""
    blind: tuple[str, ...] = ()
    hooks: tuple[Hook, ...] = ()


class Counters(Struct, frozen=True, kw_only=True):
    """Since the start: what was handed out, what the kernel filter held back, what was lost."""

    seen: int = 0
    filtered: int = 0
    lost: int = 0
    lost_by: tuple[tuple[str, int], ...] = ()


class Running(Protocol):
    """A started sensor."""

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """Return what came since the last call, waiting at most so long for the first one."""

    def want(self, interest: Interest) -> None:
        """Tell the kernel what is wanted from now on."""

    def ignore(self, pids: Sequence[int]) -> None:
        """Leave out what these processes (pratique's own) do."""

    def counters(self) -> Counters:
        """Return the counts so far."""

    def close(self) -> None:
        """Stop watching and give back everything."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Sensor(Protocol):
    """One way to observe a node."""

    NAME: str
    TITLE: str

    def probe(self) -> Readiness:
        """Say what would work here."""

    def start(self, interest: Interest) -> Running:
        """
        Begin to watch.

        Raises:
            CapabilityError: The sensor cannot run here; the hint says what is missing.
        """
