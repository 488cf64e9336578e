"""
Do in a thread beside what may never come back, and go on without it.

Whoever is root in a container with ``CAP_SYS_ADMIN`` may mount a file system that he serves himself
(FUSE, 9P, NFS) and answer nothing: to open a file there, or to read the arguments of a process whose
memory is such a file, then waits for ever. Law: the caller waits ``patience_s`` at most; at most
``most`` calls hang at once, ``most_of_one`` of them for one and the same, so that one who never answers
is not asked for ever and keeps nobody else from being asked; what got no answer is counted.

A thread for each call, no pool of them: a call that hangs takes its thread along and no other, nothing is
left to be closed or to be missed after a fork, and few are made: 45 µs of CPU time for a process or a
container that is new (a pool would take 4).
"""

from collections import Counter
from collections.abc import Callable
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 0.1
MOST_HANGING = 16
MOST_OF_ONE = 2


class Aside:
    """
    Calls that may hang; ``given_up`` counts those that gave no answer in time, or were not begun.

    >>> Aside().run(lambda: 7, 0)
    7
    """

    def __init__(
        self,
        patience_s: float = PATIENCE_S,
        most: int = MOST_HANGING,
        most_of_one: int = MOST_OF_ONE,
    ) -> None:
        self.given_up = 0
        self._patience_s = patience_s
        self._most, self._most_of_one = most, most_of_one
        self._lock = Lock()
        self._running: Counter[object] = Counter()

    def run(self, do: Callable[[], T], otherwise: T, whose: object = None) -> T:
        """
        Return what ``do`` gives, ``otherwise`` where it takes too long or too much hangs already.

        ``do`` runs in another thread, raises ``OSError`` at most (which gives ``otherwise``), and must
        close itself what it opens. ``whose`` says who is to answer.
        """
        if not self._begin(whose):
            self.given_up += 1
            return otherwise
        results: list[T] = []

        def beside() -> None:
            try:
                results.append(do())
            except OSError:
                results.append(otherwise)
            finally:
                self._end(whose)

        thread = Thread(target=beside, name="aside", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no more threads may be begun
            self._end(whose)
            self.given_up += 1
            return otherwise
        thread.join(self._patience_s)
        if not results:
            self.given_up += 1
            return otherwise
        return results[0]

    def _begin(self, whose: object) -> bool:
        with self._lock:
            free = self._running.total() < self._most and self._running[whose] < self._most_of_one
            if free:
                self._running[whose] += 1
            return free

    def _end(self, whose: object) -> None:
        with self._lock:
            self._running[whose] -= 1
            if not self._running[whose]:
                del self._running[whose]
