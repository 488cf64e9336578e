"""
Write messages of syslog by RFC 5424, with structured data.

Header fields are printable ASCII, the time has microseconds and is UTC, the message is UTF-8 with its
mark. The structured data stand under ``pratique@32473``: 32473 is the number that RFC 5612 sets aside
for those who have none of their own. Parameters are bounded and their text stays inside its quotes.
"""

from collections.abc import Sequence

from pratique.model.alert import Alert, Incident
from pratique.outputs._syslog import escaped, message, parameters, priority_value, word
from pratique.outputs._texts import first_seen, iso_us

NAME = "syslog"
TITLE = "syslog by RFC 5424, with structured data"
TYPE = "text/plain; charset=utf-8"
TOGETHER = 500

_STRUCTURE = "pratique@32473"
_MAX_HOST, _MAX_MESSAGE_ID = 255, 32


def written(told: Alert | Incident) -> bytes:
    """Return one message without any framing."""
    host = word(told.node, _MAX_HOST)
    kind = "incident" if isinstance(told, Incident) else word(told.event_type, _MAX_MESSAGE_ID)
    head = f"<{priority_value(told)}>1 {iso_us(first_seen(told))} {host} pratique - {kind}"
    data = " ".join(escaped(name, value) for name, value in parameters(told) if value)
    line = f"{head} [{_STRUCTURE} {data}] \ufeff{message(told)}"
    return line.encode("utf-8", "replace")


def joined(records: Sequence[bytes]) -> bytes:
    """Return lines; a channel for syslog frames each message itself."""
    return b"".join(record + b"\n" for record in records)
