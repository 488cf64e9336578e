"""
Watch: read what happened, say who did it, judge it, tell it.

Only wiring: the loop knows no rule. Laws: every observation that was read is counted, recorded if
that was asked for, and judged; every alert is told, or stands in what is told; what goes wrong with
one receiver never stops the watch. An alert is counted and answered at once; stories see it when its
container is known, or nobody told in time, so that what they have in common is known and none comes
before an earlier one. The loop is driven from outside (``turn``, ``tick``), so that a
service, a terminal and a test use the same one.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from pratique.detections.correlation.stories import Stories, Told
from pratique.model.alert import Alert, Incident
from pratique.model.event import Event
from pratique.pipelines.judge_events import EventJudge
from pratique.pipelines.watch_holding import Holding, Raised
from pratique.pipelines.watch_tally import Tally

Tell = Callable[[Alert | Incident], None]
Take = Callable[[Event], None]
Answer = Callable[[Alert], None]


class Ends(Struct, frozen=True, kw_only=True):
    """
    Where a watch leads.

    ``tell`` takes what a person should be told; ``record`` every event; ``answer`` every single
    alert, folded or not, because a response must not wait for a story.
    """

    tell: Tell
    record: Take | None = None
    answer: Answer | None = None


class Watch:
    """
    The heart of one watch.

    Args:
        judge: the detectors.
        stories: what folds and correlates their alerts.
        ends: where events and alerts go.
        tally: what counts.
        holding: what holds alerts until their container is known; None where nobody is asked for it.
    """

    def __init__(
        self,
        judge: EventJudge,
        stories: Stories,
        ends: Ends,
        tally: Tally,
        holding: Holding | None = None,
    ) -> None:
        self.judge = judge
        self.tally = tally
        self.holding = holding
        self._stories = stories
        self._ends = ends

    @property
    def holds(self) -> bool:
        """Whether an alert is held until its container is known."""
        return bool(self.holding)

    def take(self, events: Iterable[Event]) -> int:
        """Judge events in their order; return how many there were."""
        taken = 0
        record, count, see = self._ends.record, self.tally.event, self.judge.see
        for event in events:
            taken += 1
            count(event)
            if record is not None:
                record(event)
            alerts = see(event)
            if alerts:
                self.raise_alerts(alerts, event)
        return taken

    def raise_alerts(self, alerts: Iterable[Alert], event: Event | None = None) -> None:
        """Take alerts that were raised together: by one event, or by a late answer."""
        raised = tuple(alerts)
        for alert in raised:
            self.tally.alert(alert)
            if self._ends.answer is not None:
                self._ends.answer(alert)
        if self.holding is None:
            self._tell(self._stories.see(raised))
        elif raised:
            self._hear(self.holding.take(Raised(raised, event)))

    def release(self) -> None:
        """Tell what was held until its container is known; call it at every turn."""
        if self.holding is not None:
            self._hear(self.holding.due())

    def tick(self, now_ns: int) -> None:
        """Tell what was held back long enough; call about once a second."""
        self._tell(self._stories.flush(now_ns))

    def end(self, now_ns: int, *, asks: bool = True) -> None:
        """Tell everything that is held back; ``asks`` is false where the watch failed, maybe by asking."""
        try:
            self._hear_rest(asks=asks)
        finally:
            self._hear_rest(asks=False)
            self._tell(self._stories.flush(now_ns, everything=True))

    def _hear_rest(self, *, asks: bool) -> None:
        if self.holding is not None:
            self._hear(self.holding.rest(asks=asks))

    def _hear(self, released: Iterable[Raised]) -> None:
        """Have stories see what was held, in the words of what is known by now."""
        for one in released:
            alerts, before, now = one.alerts, one.event, one.now
            if before is not None and now is not None:
                self.tally.know(now.workload)
                alerts = tuple(self.judge.anew(alert, before, now) for alert in alerts)
            self._tell(self._stories.see(alerts))

    def _tell(self, told: Told) -> None:
        leaving: tuple[Alert | Incident, ...] = (*told.alerts, *told.incidents)
        for one in leaving:
            self.tally.told(one)
            self._ends.tell(one)
