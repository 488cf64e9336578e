"""
Hand each event to the detectors that want its type.

Only wiring: what an event means is the detectors' business. Most events interest nobody or one
detector, so who wants which type is worked out once per type.
"""

from collections.abc import Callable, Sequence

from pratique.detections.interface import Detector, TellsAnew
from pratique.detections.telling import anew
from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.interest import Interest, merged

_MAX_TYPES = 1024
"""How many types are remembered; a recording may hold any text as a type."""

_See = Callable[[Event], Sequence[Alert]]


class EventJudge:
    """The detectors of one watch, behind one question."""

    def __init__(self, detectors: Sequence[Detector]) -> None:
        self._wants = [(one.interest().types, one.see) for one in detectors]
        self._tells_anew = [one.anew for one in detectors if isinstance(one, TellsAnew)]
        self._by_type: dict[str, tuple[_See, ...]] = {}
        self.interest: Interest = merged(one.interest() for one in detectors)

    def see(self, event: Event) -> Sequence[Alert]:
        """Return what all detectors say of an event, in their order."""
        kind = event.observation.type
        asked = self._by_type.get(kind)
        if asked is None:
            asked = self._asked(kind)
        said: list[Alert] | None = None
        for see in asked:
            if alerts := see(event):
                said = [*(said or ()), *alerts]
        return said or ()

    def anew(self, alert: Alert, before: Event, now: Event) -> Alert:
        """Return an alert of an event in the words of what is known now of its container and user."""
        for say in self._tells_anew:
            told = say(alert, before, now)
            if told is not None:
                return told
        return anew(alert, before, now)

    def _asked(self, kind: str) -> tuple[_See, ...]:
        asked = tuple(see for types, see in self._wants if not types or kind in types)
        if len(self._by_type) < _MAX_TYPES:
            self._by_type[kind] = asked
        return asked
