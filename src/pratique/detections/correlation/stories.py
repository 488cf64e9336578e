"""
Say what a person should be told of the alerts of one event.

Sequences come first: what an incident tells is not told again by itself. Of what is left, several
alerts of one event are one incident, because they are one deed seen by several rules. Repeats are
folded. Law: every alert that came in is told by itself, stands in an incident, or is counted in one.
"""

import uuid
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pratique.detections.correlation import language
from pratique.detections.correlation.engine import Correlator
from pratique.detections.correlation.folding import Folding
from pratique.model.alert import Alert, Detector, Incident, Priority

SAME_EVENT = "one-deed"
_SPACE = uuid.UUID("0c8f1a55-5c3e-5e0b-8a3e-2d9a1b7f4c21")


class Told(Struct, frozen=True):
    """What is to be told now; an incident that was told before, with the same id, has grown."""

    alerts: tuple[Alert, ...] = ()
    incidents: tuple[Incident, ...] = ()


class Stories:
    """Sequences and folding together."""

    def __init__(self, sequences: Iterable[language.Sequence] = ()) -> None:
        self._correlator = Correlator(sequences)
        self._folding = Folding()
        self._said_forgotten = 0

    def see(self, alerts: Sequence[Alert]) -> Told:
        """Take the alerts of one event; return what is to be told."""
        incidents: list[Incident] = []
        alone: list[Alert] = []
        for alert in alerts:
            heard = self._correlator.see(alert)
            incidents += heard.incidents
            if not heard.absorbed:
                alone.append(alert)
        told = [one for alert in alone for one in self._folding.see(alert)]
        if len(told) > 1 and _one_event(told):
            return Told(incidents=(*incidents, _one_deed(told)))
        return Told(tuple(told), tuple(incidents))

    def flush(self, now_ns: int, *, everything: bool = False) -> Told:
        """Return the repeats and growth that waited long enough, and what was forgotten for want of room."""
        told = list(self._folding.flush(now_ns, everything=everything))
        forgotten = self._correlator.evicted
        if forgotten > self._said_forgotten:
            told.append(_forgot(forgotten - self._said_forgotten, now_ns))
            self._said_forgotten = forgotten
        return Told(tuple(told), tuple(self._correlator.rest(None if everything else now_ns)))


def _one_event(alerts: Sequence[Alert]) -> bool:
    return len({(one.sequence, one.time_ns, one.pid, one.node) for one in alerts}) == 1


def _one_deed(alerts: Sequence[Alert]) -> Incident:
    gravest = min(alerts, key=lambda one: one.priority.rank)
    said = "\0".join((gravest.node, str(gravest.time_ns), str(gravest.pid), gravest.rule))
    return Incident(
        id=str(uuid.uuid5(_SPACE, said)),
        rule=SAME_EVENT,
        title=gravest.output,
        priority=gravest.priority,
        first_ns=min(one.time_ns for one in alerts),
        last_ns=max(max(one.time_ns, one.last_ns) for one in alerts),
        story=tuple(alerts),
        tags=tuple(dict.fromkeys(tag for one in alerts for tag in one.tags)),
        workload=gravest.workload,
        node=gravest.node,
    )


def _forgot(stories: int, now_ns: int) -> Alert:
    return Alert(
        rule="stories-forgotten",
        priority=Priority.WARNING,
        time_ns=now_ns,
        last_ns=now_ns,
        detector=Detector.SENSOR,
        output=f"{stories} unfinished stories were forgotten: more went on at once than are kept",
        count=stories,
    )
