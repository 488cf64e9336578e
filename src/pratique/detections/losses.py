"""
Say aloud what was not seen: a loss is an event, and an event that matters is an alert.

What was lost may have been an attack, so it is told at warning, with the exact count where the kernel
gives one. Losses of one kind are one rule, so that they fold.
"""

from collections.abc import Sequence

from pratique.detections.telling import Saying, tell
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.model.observation import Lost

RULE = "events-lost"


class Losses:
    """The detector."""

    def interest(self) -> Interest:
        """Return which events it needs."""
        return Interest(types=frozenset({"lost"}), every_open=False, open_writes=False)

    def see(self, event: Event) -> Sequence[Alert]:
        """Return one alert for a loss."""
        act = event.observation.act
        if not isinstance(act, Lost):
            return ()
        kind = f" of type {act.of}" if act.of else ""
        if act.count < 0:
            words = f"events{kind} were lost, it is not known how many: {act.reason}"
        else:
            words = f"{act.count} event{'s' if act.count != 1 else ''}{kind} lost: {act.reason}"
        saying = Saying(
            detector=Detector.SENSOR,
            rule=RULE,
            priority=Priority.WARNING,
            output=words,
            fields=(("pratique.lost", str(act.count)), ("pratique.lost.of", act.of)),
        )
        return (tell(event, saying),)
