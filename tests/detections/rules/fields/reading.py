"""Read fields of events as rules do."""

from pratique.detections.rules.fields.field import Value
from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.interpreting import event_reader
from pratique.formats.falco.parsing import parse_field
from pratique.formats.falco.syntax import FieldRef
from pratique.model.event import Event


def read(event: Event, *names: str) -> list[Value | None]:
    """Return what some fields hold, in order."""
    reader = event_reader(event, all_fields())
    references = [parse_field(name) for name in names]
    return [reader(one, False) for one in references if isinstance(one, FieldRef)]
