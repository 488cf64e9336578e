"""
Fill in the output of a rule for an event: the sentence for people and the fields behind it.

A missing field prints ``<NA>``. Texts are as the event has them; whoever prints them escapes.
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec.structs import replace

from pratique.detections.rules.checking import Fields
from pratique.detections.rules.fields.field import Value
from pratique.detections.rules.interpreting import answering
from pratique.detections.rules.rule import Rule
from pratique.detections.telling import Saying, anew, own_fields, tell
from pratique.formats.falco.output import NOTHING
from pratique.formats.falco.printing import printed_operand
from pratique.model.alert import Alert, Detector
from pratique.model.event import Event

Answer: TypeAlias = Callable[[Event], Value | None]
MAX_CHARS = 16_384
"""Of one output; arguments may be long."""
_WHO = re.compile(r"\b(?:container|k8s)\.|\buser\.name\b")
"""Fields that may be known only after the event."""


class Telling:
    """What one rule says of events: its sentence, taken apart once, and how each value is come by."""

    def __init__(self, rule: Rule, fields: Fields) -> None:
        self._rule = rule
        self._fields = fields
        self._pieces = [
            (isinstance(piece, str), piece if isinstance(piece, str) else printed_operand(piece))
            for piece in rule.output
        ]
        self._asked: dict[type, tuple[tuple[str, Answer], ...]] = {}

    def alert(self, event: Event) -> Alert:
        """Return the alert of the rule, which fired on this event."""
        rule, act = self._rule, type(event.observation.act)
        asked = self._asked.get(act)
        if asked is None:
            asked = self._asked[act] = self._prepared(act)
        values = {name: text_of(answer(event)) for name, answer in asked}
        saying = Saying(
            detector=Detector.RULES,
            rule=rule.name,
            priority=rule.priority,
            output=self._words(values),
            tags=rule.tags,
            fields=tuple(values.items()),
        )
        return tell(event, saying)

    def anew(self, alert: Alert, before: Event, now: Event) -> Alert | None:
        """
        Return its alert of an event in the words of what is known now of the container and user.

        None where the rule said something else when it fired, because it was read again since.
        """
        said = dict(own_fields(alert, before))
        if said.keys() != {piece for plain, piece in self._pieces if not plain}:
            return None
        for name, answer in self._prepared(type(now.observation.act)):
            if _WHO.search(name):
                said[name] = text_of(answer(now))
        told = anew(alert, before, now)
        known = len(told.fields) - len(said)
        fields = (*told.fields[:known], *said.items())
        return replace(told, fields=fields, output=self._words(said))

    def _words(self, values: Mapping[str, str]) -> str:
        words = "".join([piece if plain else values[piece] for plain, piece in self._pieces])
        return words[:MAX_CHARS]

    def _prepared(self, act: type) -> tuple[tuple[str, Answer], ...]:
        parts = {printed_operand(one): one for one in self._rule.output if not isinstance(one, str)}
        return tuple((name, answering(part, act, self._fields)) for name, part in parts.items())


def text_of(value: Value | None) -> str:
    """
    Return a value as outputs show it.

    >>> text_of(True), text_of(None), text_of(("a", "b"))
    ('true', '<NA>', 'a,b')
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(str(one) for one in value)
    return str(value)
