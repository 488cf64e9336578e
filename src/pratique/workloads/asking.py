"""
Ask a server for what it knows of containers, again and again, in a thread of its own.

Law: nobody waits for a server. What it told last is handed over once; one that does not answer is
asked more and more rarely, and ``problem`` says in words why it is silent. A new container is asked
for soon, but a storm of them never becomes a storm of questions.
"""

import threading
from collections.abc import Sequence
from typing import Protocol

from pratique.model.errors import PratiqueError
from pratique.model.workload import Workload

LONGEST_PAUSE_S = 300.0
_LAST_S = 1.0


class Server(Protocol):
    """One server: asked for everything it knows at once."""

    @property
    def name(self) -> str:
        """Return what to call it."""

    @property
    def pause_s(self) -> float:
        """Return how long to wait between two questions."""

    @property
    def soonest_s(self) -> float:
        """Return how long to wait at least, also when there is a new container."""

    def ask(self) -> Sequence[Workload]:
        """
        Return what it tells: of containers by ``id``, of pods by ``pod_uid`` with no ``id``.

        Raises:
            PratiqueError: it does not answer.
        """

    def close(self) -> None:
        """Give its connection back."""


class Asking:
    """Ask one server until closed."""

    def __init__(self, server: Server) -> None:
        self.name = server.name
        self.problem = ""
        self.asked = 0
        self._server = server
        self._told: Sequence[Workload] | None = None
        self._last: Sequence[Workload] | None = None
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"ask-{self.name}", daemon=True)
        self._thread.start()

    def poll(self) -> Sequence[Workload] | None:
        """Return what it told since the last call; None where that is nothing new."""
        told, self._told = self._told, None
        return told

    def wonder(self) -> None:
        """Ask soon: there is a container that it may know more of."""
        self._wake.set()

    def close(self) -> None:
        """Stop asking; a question that is under way is waited for a moment, and then ends by itself."""
        self._closing.set()
        self._wake.set()
        self._thread.join(_LAST_S)

    def _run(self) -> None:
        pause = self._server.pause_s
        while not self._closing.is_set():
            try:
                told = self._server.ask()
            except PratiqueError as error:
                self.problem = f"{error} ({error.hint()})"
                pause = min(pause * 2, LONGEST_PAUSE_S)
                self._closing.wait(pause)
            else:
                self.problem, pause = "", self._server.pause_s
                if told != self._last:
                    self._last = self._told = told
                self._closing.wait(self._server.soonest_s)
                self._wake.wait(pause)
            self._wake.clear()
            self.asked += 1
        self._server.close()
