"""
Fill in the output of a rule for an event: the sentence for people and the fields behind it.

A missing field prints ``<NA>``. Texts are as the event has them; whoever prints them escapes.
"""

from collections.abc import Mapping

from pratique.detections.rules.checking import Fields
from pratique.detections.rules.fields.field import Value
from pratique.detections.rules.interpreting import Reader, event_reader, operand_value
from pratique.detections.rules.rule import Rule
from pratique.detections.telling import Saying, tell
from pratique.formats.falco.output import NOTHING
from pratique.formats.falco.printing import printed_operand
from pratique.model.alert import Alert, Detector
from pratique.model.event import Event

MAX_CHARS = 16_384
"""Of one output; arguments may be long."""


def alert_of(rule: Rule, event: Event, fields: Fields) -> Alert:
    """Return the alert of a rule that fired on an event."""
    read = event_reader(event, fields)
    values = filled(rule, read, fields)
    words = "".join(
        piece if isinstance(piece, str) else values[printed_operand(piece)] for piece in rule.output
    )
    saying = Saying(
        detector=Detector.RULES,
        rule=rule.name,
        priority=rule.priority,
        output=words[:MAX_CHARS],
        tags=rule.tags,
        fields=tuple(values.items()),
    )
    return tell(event, saying)


def filled(rule: Rule, read: Reader, fields: Fields) -> Mapping[str, str]:
    """Return the fields of a rule's output, as it spells them, with their values as text."""
    return {
        printed_operand(piece): text_of(operand_value(piece, read, fields))
        for piece in rule.output
        if not isinstance(piece, str)
    }


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
