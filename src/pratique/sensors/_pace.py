"""
Say when the rings are read next.

A wakeup by the kernel costs more than an event, so that rings are read by a timer while events come; the
more there are, the less often, as many records at once cost least. Where none came for a while, a timer
would cost without end: then the kernel is asked to wake the reader at the first record. Law: after it was
asked, the rings are read once more at once, because what came before wakes nobody; a record that falls
between the two, on another processor, waits ``ASLEEP_S`` at most.
"""

from collections.abc import Callable

QUIET_S, BUSY_S = 0.02, 0.05
MANY = 40
"""Records of one reading from which on the next one waits longer."""
STILL = 3
"""Readings without a record after which the kernel is to wake the reader."""
ASLEEP_S = 0.2


class Pace:
    """
    The pauses between readings.

    Args:
        most: records of one ring that one reading takes.
        wake: has the kernel wake the reader at the first record (true), or only as a ring fills up.
    """

    def __init__(self, most: int, wake: Callable[[bool], None]) -> None:
        self._most = most
        self._wake = wake
        self._empty = 0

    def pause_s(self, taken: int) -> float:
        """Return how long to wait after a reading of so many records, unless the kernel wakes the reader."""
        if not taken:
            return self._still()
        if self._empty >= STILL:
            self._wake(False)
        self._empty = 0
        if taken >= self._most:
            return 0.0
        return BUSY_S if taken >= MANY else QUIET_S

    def _still(self) -> float:
        self._empty += 1
        if self._empty == STILL:
            self._wake(True)
            return 0.0
        return QUIET_S if self._empty < STILL else ASLEEP_S
