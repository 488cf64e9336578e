"""
Write messages of syslog by RFC 3164, for receivers that know only the old form.

The time has no year and no zone, so it is UTC. Where the message goes on is a matter of the receiver:
it is kept under 1024 bytes, as section 4.1 demands, cut at a character.
"""

from collections.abc import Sequence

from pratique.model.alert import Alert, Incident
from pratique.outputs._syslog import bsd_time, message, priority_value, word
from pratique.outputs._texts import first_seen

NAME = "syslog-bsd"
TITLE = "syslog by RFC 3164"
TYPE = "text/plain; charset=utf-8"
TOGETHER = 500

_MAX_BYTES = 1024
_MAX_HOST = 255


def written(told: Alert | Incident) -> bytes:
    """Return one message without any framing."""
    host = word(told.node, _MAX_HOST, otherwise="localhost")
    head = f"<{priority_value(told)}>{bsd_time(first_seen(told))} {host} pratique: "
    whole = (head + message(told)).encode("utf-8", "replace")
    return whole[:_MAX_BYTES].decode("utf-8", "ignore").encode()


def joined(records: Sequence[bytes]) -> bytes:
    """Return lines; a channel for syslog frames each message itself."""
    return b"".join(record + b"\n" for record in records)
