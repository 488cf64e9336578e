"""
Answer alerts: the plan says what, the guard whether, a measure does it, and all of it is logged.

``respond`` takes as long as the measures take. ``Responder`` is therefore given to a ``Worker``, whose
queue is bounded: what does not fit is logged as not done, never silently left out.
"""

import contextlib
import queue
import time
from collections.abc import Callable
from threading import Thread

from pratique.kit import registry
from pratique.model.alert import Alert
from pratique.model.errors import StorageError
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.responses.guard import Guard
from pratique.responses.interface import Means, Order, Response, Target, reaction
from pratique.responses.plan import Plan, orders

MAX_WAITING = 1000


class Responder:
    """
    Take the measures of a plan.

    Args:
        plan: what is done on which alert.
        guard: what must not be done.
        means: what measures work with.
        log: takes every reaction; a failure to log does not undo the measure.
    """

    def __init__(
        self, plan: Plan, guard: Guard, means: Means, log: Callable[[Reaction], None]
    ) -> None:
        self._plan, self._guard, self._means, self._log = plan, guard, means, log
        self.not_logged = 0

    def respond(self, alert: Alert) -> tuple[Reaction, ...]:
        """Return what was done about an alert, or why not: one reaction for each measure."""
        return tuple(self.take(alert, order) for order in orders(self._plan, alert))

    def take(self, alert: Alert, order: Order) -> Reaction:
        """Take one measure, if the guard agrees."""
        done = self._taken(alert, order)
        self._note(done)
        return done

    def give_up(self, alert: Alert) -> None:
        """Log that nothing was done, because too much waits."""
        for order in orders(self._plan, alert):
            words = "too many alerts wait for a response"
            self._note(reaction(Outcome.FAILED, alert, order, self._means, detail=words))

    def note(self, done: Reaction) -> None:
        """Log what was done already, by a measure that goes on by itself."""
        self._note(done)

    def _note(self, done: Reaction) -> None:
        try:
            self._log(done)
        except StorageError:
            self.not_logged += 1

    def _taken(self, alert: Alert, order: Order) -> Reaction:
        if order.measure is Measure.ALERT:
            return reaction(Outcome.DONE, alert, order, self._means)
        unit = response_of(order.measure)
        why_not = self._guard.why_not(alert, order, unit.NEEDS)
        if why_not:
            target = _target(alert, unit.NEEDS)
            return reaction(
                Outcome.REFUSED, alert, order, self._means, target=target, detail=why_not
            )
        if order.dry_run:
            target = _target(alert, unit.NEEDS)
            return reaction(
                Outcome.DRY_RUN, alert, order, self._means, target=target, detail=unit.TITLE
            )
        try:
            return unit.act(alert, order, self._means)
        except Exception as error:  # noqa: BLE001 - a bug in one measure must not end the others
            words = f"failed as nobody foresaw: {type(error).__name__}: {error}"
            target = _target(alert, unit.NEEDS)
            return reaction(Outcome.FAILED, alert, order, self._means, target=target, detail=words)


class Worker:
    """A thread that responds to alerts in their order."""

    def __init__(
        self, responder: Responder, done: Callable[[Reaction], None] | None = None
    ) -> None:
        self._responder, self._done = responder, done or (lambda reaction: None)
        self._waiting: queue.Queue[Alert | Reaction | None] = queue.Queue(MAX_WAITING)
        self._thread = Thread(target=self._work, name="respond", daemon=True)
        self._thread.start()

    def take(self, alert: Alert) -> None:
        """Queue an alert."""
        try:
            self._waiting.put_nowait(alert)
        except queue.Full:
            self._responder.give_up(alert)

    def note(self, done: Reaction) -> None:
        """Queue what was done already, to be logged; what does not fit is counted as not logged."""
        try:
            self._waiting.put_nowait(done)
        except queue.Full:
            self._responder.not_logged += 1

    @property
    def not_logged(self) -> int:
        """How many reactions could not be logged."""
        return self._responder.not_logged

    @property
    def depth(self) -> int:
        """How many alerts wait."""
        return self._waiting.qsize()

    def close(self, patience_s: float = 30.0) -> None:
        """Respond to what waits, at most for so long, and stop."""
        end = time.monotonic() + patience_s
        # A measure that hangs leaves a full queue, which must not hold up the end.
        with contextlib.suppress(queue.Full):
            self._waiting.put(None, timeout=patience_s)
        self._thread.join(max(0.0, end - time.monotonic()))

    def _work(self) -> None:
        while (taken := self._waiting.get()) is not None:
            if isinstance(taken, Reaction):
                self._responder.note(taken)
                self._done(taken)
                continue
            for one in self._responder.respond(taken):
                self._done(one)


def _target(alert: Alert, needs: Target) -> str:
    """Return what a measure would have acted on."""
    if needs is Target.DESTINATION:
        return f"{alert.remote_address}:{alert.remote_port}"
    if needs is Target.PROCESS or alert.workload is None:
        return f"pid {alert.pid} ({alert.process_name})"
    return alert.workload.id


def response_of(measure: Measure) -> Response:
    """Return the unit of a measure."""
    unit: Response = registry.load("responses")[measure]
    return unit
