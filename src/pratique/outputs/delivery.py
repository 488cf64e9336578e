"""
Bring what waits in a journal to its receiver, in order, however long the receiver is away.

``Courier.step`` does what is due and says when to come again: it reads no clock and does not sleep, so
that a minute of absence is a list of numbers in a test. Laws: nothing is acknowledged before the
receiver took it; waits double up to a cap, and a receiver that asks for a longer one gets it; a record
that the receiver says it will never take is set aside in a journal of its own, counted, and does not
hold up the others.
"""

import random
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from msgspec import Struct

from pratique.kit.journal import Journal
from pratique.model.errors import PratiqueError
from pratique.outputs.channels.interface import Channel, NotDelivered

NEVER = float("inf")


class Pacing(Struct, frozen=True, kw_only=True):
    """How long to wait after failures: ``first_s``, doubled each time up to ``cap_s``."""

    first_s: float = 1.0
    cap_s: float = 60.0
    batch: int = 500
    jitter: Callable[[], float] = random.random

    def wait_s(self, failures: int) -> float:
        """Return how long to wait after so many failures in a row, between a half and the whole."""
        whole = min(self.cap_s, self.first_s * 2.0 ** min(failures - 1, 30))
        return whole * (0.5 + self.jitter() / 2)


class Standing(Struct, frozen=True, kw_only=True):
    """How deliveries to one receiver stand; ``away_since_s`` is 0 while it takes everything."""

    waiting: int = 0
    bytes_on_disk: int = 0
    delivered: int = 0
    failures: int = 0
    refused: int = 0
    dropped: int = 0
    damaged: int = 0
    not_kept: int = 0
    cut_bytes: int = 0
    away_since_s: float = 0.0
    last_error: str = ""


class Courier:
    """
    Carry records from a journal to a channel.

    Args:
        journal: where they wait.
        channel: the way to the receiver.
        aside: where records go that it refuses for good; without one they are only counted.
        pacing: how patient to be.
    """

    def __init__(
        self,
        journal: Journal,
        channel: Channel,
        aside: Journal | None,
        pacing: Pacing | None = None,
    ) -> None:
        self.delivered = self.failures = self.refused = 0
        self.away_since_s = 0.0
        self.last_error = ""
        self._journal, self._channel, self._aside = journal, channel, aside
        self._pacing = pacing or Pacing()
        self._in_a_row = 0
        self._not_before = 0.0

    def step(self, now_s: float) -> float:
        """
        Deliver one batch if it is time; return after how many seconds to come again.

        0 means that more waits, ``NEVER`` that nothing does until something is told.
        """
        if now_s < self._not_before:
            return self._not_before - now_s
        try:
            batch = self._journal.read(self._pacing.batch)
            if not batch.records:
                return NEVER
            self._send(batch.records, batch.end)
        except PratiqueError as error:
            return self._failed(error, now_s)
        self._in_a_row, self._not_before, self.away_since_s = 0, 0.0, 0.0
        return 0.0 if self._journal.waiting else NEVER

    def _send(self, records: tuple[bytes, ...], end: int) -> None:
        first = end - len(records)
        try:
            self._channel.send(records)
        except NotDelivered as error:
            self.delivered += error.taken
            if not error.refused:
                self._journal.acknowledge(first + error.taken)
                raise
            self._set_aside(records[error.taken], str(error))
            self._journal.acknowledge(first + error.taken + 1)
            return
        self.delivered += len(records)
        self._journal.acknowledge(end)

    def _set_aside(self, record: bytes, why: str) -> None:
        if self._aside is not None:
            self._aside.append(record)
        self.refused += 1
        self.last_error = why

    def _failed(self, error: PratiqueError, now_s: float) -> float:
        self.failures += 1
        self._in_a_row += 1
        self.last_error = str(error)
        self.away_since_s = self.away_since_s or now_s
        wait_s = self._pacing.wait_s(self._in_a_row)
        if isinstance(error, NotDelivered):
            wait_s = max(wait_s, error.wait_s)
        self._not_before = now_s + wait_s
        return wait_s


class Round:
    """A thread that lets a courier step whenever there is something to do."""

    def __init__(self, courier: Courier, name: str, clock: Callable[[], float] = monotonic) -> None:
        self._courier, self._clock = courier, clock
        self._changed = Condition()
        self._told = self._ending = False
        self._thread = Thread(target=self._walk, name=f"deliver {name}"[:60], daemon=True)
        self._thread.start()

    def told(self) -> None:
        """Say that something new waits."""
        with self._changed:
            self._told = True
            self._changed.notify()

    def end(self, patience_s: float) -> None:
        """Deliver what can be at once, at most for so long, and stop."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join(patience_s)

    @property
    def ended(self) -> bool:
        """Whether the thread is gone."""
        return not self._thread.is_alive()

    def _walk(self) -> None:
        while True:
            with self._changed:
                self._told = False
            wait_s = self._courier.step(self._clock())
            with self._changed:
                if self._ending and wait_s > 0:
                    return  # nothing is left, or the receiver is away: it waits for the next start
                if wait_s > 0 and not self._told and not self._ending:
                    self._changed.wait(None if wait_s == NEVER else wait_s)
