"""
Tell what a destination lost since that was told last, as an alert of its own.

Law: a loss is told once, with its number and reason; one destination hears of the losses of another.
"""

from pratique.model.alert import Alert, Detector, Priority
from pratique.outputs.delivery import Standing

LOST = "alerts-not-delivered"
"""The rule of the alert."""
_WORDS = {
    "dropped": "dropped, the oldest first, because the spool was full",
    "not_kept": "not kept, because the spool could not be written",
    "damaged": "unreadable in the spool",
    "refused": "refused by the receiver for good and set aside",
}
"""What a count of ``Standing`` means, in the order in which it is told."""


class Troubles:
    """The losses of one destination; ``shown`` is its name without secrets."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._told = Standing()

    def news(self, now: Standing, now_ns: int, node: str) -> Alert | None:
        """Return the alert that tells what was lost since the last call, None where nothing was."""
        new = {name: getattr(now, name) - getattr(self._told, name) for name in _WORDS}
        said = [f"{count} {_WORDS[name]}" for name, count in new.items() if count]
        if now.cut_bytes > self._told.cut_bytes:
            said.append(f"{now.cut_bytes} bytes of the spool's end were torn by a crash")
        self._told = now
        if not said:
            return None
        why = f" ({now.last_error})" if now.last_error else ""
        lost = sum(new.values())
        return Alert(
            rule=LOST,
            priority=Priority.CRITICAL,
            time_ns=now_ns,
            output=f"Alerts for {self._shown}: {'; '.join(said)}{why}",
            detector=Detector.SENSOR,
            source="pratique",
            node=node,
            count=lost,
            fields=(("destination", self._shown), ("lost", str(lost))),
        )
