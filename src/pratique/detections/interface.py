"""
Judge events: the one interface of this folder.

A detector sees events one by one, in the order of time, keeps bounded state, and answers with
alerts. It does no I/O, reads no clock (an event carries its time) and never blocks.
"""

from collections.abc import Sequence
from typing import Protocol

from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.interest import Interest


class Detector(Protocol):
    """One way to tell an attack."""

    def interest(self) -> Interest:
        """Return which events it needs."""

    def see(self, event: Event) -> Sequence[Alert]:
        """Return the alerts that an event raises; mostly none."""
