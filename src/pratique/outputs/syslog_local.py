"""
Write messages for this machine's own log (``/dev/log``): RFC 3164 without the host name.

That is what syslog(3) of the C library sends, and what journald and rsyslog expect on this socket.
"""

from collections.abc import Sequence

from pratique.model.alert import Alert, Incident
from pratique.outputs._syslog import bsd_time, message, priority_value
from pratique.outputs._texts import first_seen

NAME = "syslog-local"
TITLE = "syslog as /dev/log expects it"
TYPE = "text/plain; charset=utf-8"
TOGETHER = 500


def written(told: Alert | Incident) -> bytes:
    """Return one message."""
    head = f"<{priority_value(told)}>{bsd_time(first_seen(told))} pratique: "
    return (head + message(told)).encode("utf-8", "replace")


def joined(records: Sequence[bytes]) -> bytes:
    """Return lines; a channel for syslog frames each message itself."""
    return b"".join(record + b"\n" for record in records)
