"""
Answer the alerts of one watch by a plan, from its first event to its end.

What measures need is gathered as events pass: the last ones of each container, and what standing measures
stopped by themselves. Law: what was done and could not be logged is told as an alert, because whoever
reads the log must know that it is not whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.reaction import Reaction
from pratique.pipelines.watch_answers import Recent, answering, powers_of
from pratique.pipelines.watch_refusals import Refusals
from pratique.responses.plan import Plan, takes_measures
from pratique.responses.responder import Worker
from pratique.sensors.interface import Running

RULE = "reactions-not-logged"


class Responding:
    """What answers the alerts of one watch; ``reactions`` counts by measure and outcome."""

    def __init__(self) -> None:
        self.reactions: Counter[tuple[str, str]] = Counter()
        self.recent = Recent()
        self.refusals = Refusals(self._note)
        self.worker: Worker | None = None
        self._not_logged = 0

    def see(self, event: Event) -> None:
        """Remember an event, and log what it says was refused."""
        self.recent.take(event)
        self.refusals.see(event)

    def answer(self, alert: Alert) -> None:
        """Have an alert answered, in its turn."""
        if self.worker is not None:
            self.worker.take(alert)

    def reacted(self, done: Reaction) -> None:
        """Learn what was done; called from the thread that does it."""
        self.reactions[(done.measure.value, done.outcome.value)] += 1
        self.refusals.because(done)

    def troubles(self, now_ns: int, node: str) -> tuple[Alert, ...]:
        """Return the alert that tells how much was not logged since the last one."""
        not_logged = self.worker.not_logged if self.worker is not None else 0
        new, self._not_logged = not_logged - self._not_logged, not_logged
        if not new:
            return ()
        things = "1 reaction" if new == 1 else f"{new} reactions"
        return (
            Alert(
                rule=RULE,
                priority=Priority.WARNING,
                time_ns=now_ns,
                last_ns=now_ns,
                detector=Detector.SENSOR,
                output=f"{things} could not be logged: what was done to containers is not all written down",
                node=node,
                count=new,
            ),
        )

    def _note(self, done: Reaction) -> None:
        if self.worker is not None:
            self.worker.note(done)


@contextmanager
def responding(
    plan: Plan, sensor: Running | None, environ: Mapping[str, str]
) -> Iterator[Responding]:
    """Give what answers by a plan, with what the sensor can do; end what it began afterwards."""
    made = Responding()
    with powers_of(sensor, enforces=takes_measures(plan), told=made.refusals.told) as powers:
        made.worker = answering(plan, powers, made.recent, environ, made.reacted)
        try:
            yield made
        finally:
            made.worker.close()
