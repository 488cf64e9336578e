"""
Judge at the end of a watch what was seen before the end was asked for.

Law: on a busy node more comes all the time, so it is the events' own time that says when enough was read.
What is not read within the patience is told as lost: an end loses nothing silently.
"""

import time
from collections.abc import Callable, Sequence

from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event

PATIENCE_S = 5.0


def drain(
    read: Callable[[], Sequence[Event]],
    take: Callable[[Sequence[Event]], object],
    asked_ns: int,
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """
    Take events until all from before a moment were; return whether that was done in time.

    Args:
        read: gives the next events in the order of time, none where none waits.
        take: judges them.
        asked_ns: the moment.
        clock: seconds.
    """
    until = clock() + PATIENCE_S
    while True:
        events = read()
        take(events)
        if not events or events[0].observation.time_ns > asked_ns:
            return True
        if clock() >= until:
            return False


def not_read(node: str, now_ns: int) -> Alert:
    """Return the alert that tells that something still waited."""
    return Alert(
        rule="events-lost",
        priority=Priority.WARNING,
        time_ns=now_ns,
        last_ns=now_ns,
        detector=Detector.SENSOR,
        output="events lost: the watch ended before it had read all that waited",
        fields=(("pratique.lost", "-1"), ("pratique.lost.of", "")),
        node=node,
    )
