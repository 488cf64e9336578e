"""
Judge events: the one interface of this folder.

A detector sees events one by one, in the order of time, keeps bounded state, and answers with
alerts. It does no I/O, reads no clock (an event carries its time) and never blocks.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.interest import Interest


class Detector(Protocol):
    """One way to tell an attack."""

    def interest(self) -> Interest:
        """Return which events it needs."""

    def see(self, event: Event) -> Sequence[Alert]:
        """Return the alerts that an event raises; mostly none."""


@runtime_checkable
class TellsAnew(Protocol):
    """A detector whose words name the container."""

    def anew(self, alert: Alert, before: Event, now: Event) -> Alert | None:
        """Return its alert of an event in the words of what is known now; None if it is not its own."""
