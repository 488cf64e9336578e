"""
Make times, ids and texts of alerts fit to be written anywhere.
"""

import hashlib
import uuid
from datetime import UTC, datetime

from pratique.model.alert import Alert, Incident

MAX_TEXT = 16_384
"""Characters of one text that leaves; more is cut and marked by an ellipsis."""
_SECOND = 1_000_000_000
_LAST_SECOND = 253_402_300_799
"""The last second of the year 9999: no calendar of ours goes further."""
_IDS = uuid.UUID("6f0a7a5e-3d5f-5b52-9c1c-5c3a1d2d7d11")
"""The name space of the ids of records: an arbitrary constant of this project."""


def iso_ns(time_ns: int) -> str:
    """
    Return a time in UTC with nanoseconds, as Falco and OpenTelemetry write it.

    >>> iso_ns(1_700_000_000_000_000_001)
    '2023-11-14T22:13:20.000000001Z'
    """
    return f"{_moment(time_ns).isoformat()}.{_within(time_ns) % _SECOND:09d}Z"


def iso_us(time_ns: int) -> str:
    """
    Return a time in UTC with microseconds: more digits RFC 5424 does not allow.

    >>> iso_us(1_700_000_000_000_001_999)
    '2023-11-14T22:13:20.000001Z'
    """
    return f"{_moment(time_ns).isoformat()}.{_within(time_ns) % _SECOND // 1000:06d}Z"


def moment(time_ns: int) -> datetime:
    """Return the second of a time, in UTC without saying so."""
    return _moment(time_ns)


def milliseconds(time_ns: int) -> int:
    """Return milliseconds since the epoch."""
    return _within(time_ns) // 1_000_000


def whole(text: str) -> str:
    """
    Return a text that every encoder takes: lone surrogates become U+FFFD, and it is bounded.

    >>> whole("a" + chr(0xD800))
    'a�'
    """
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def record_id(told: Alert | Incident) -> str:
    """
    Return the id of one record: equal for a record that is sent again, and for no other.

    An incident that grew, or an alert whose count did, is another record.
    """
    if isinstance(told, Incident):
        grown: tuple[object, ...] = (told.last_ns, len(told.story), told.dropped, told.priority)
    else:
        grown = (told.last_ns, told.count)
    return _id(happening_id(told), *grown)


def happening_id(told: Alert | Incident) -> str:
    """Return the id of what happened, which stays the same while its count or story grows."""
    if isinstance(told, Incident):
        return told.id
    place = told.workload.id if told.workload else ""
    return _id(
        *(told.node, place, told.rule, told.detector, told.time_ns),
        *(told.pid, told.sequence, told.event_type, told.output),
    )


def _id(*parts: object) -> str:
    name = "\0".join(map(str, parts)).encode("utf-8", "backslashreplace")
    # What uuid5 does, which wants text that UTF-8 can hold.
    digest = hashlib.sha1(_IDS.bytes + name, usedforsecurity=False).digest()
    return str(uuid.UUID(bytes=digest[:16], version=5))


def last_seen(told: Alert | Incident) -> int:
    """Return when it happened the last time."""
    first = told.first_ns if isinstance(told, Incident) else told.time_ns
    return max(first, told.last_ns)


def first_seen(told: Alert | Incident) -> int:
    """Return when it happened first."""
    return told.first_ns if isinstance(told, Incident) else told.time_ns


def line_of(told: Alert | Incident) -> str:
    """Return what a person reads first: the output of an alert, the title of an incident."""
    return whole(told.title if isinstance(told, Incident) else told.output)


def count_of(told: Alert | Incident) -> int:
    """Return how many happenings it stands for."""
    if isinstance(told, Incident):
        return max(1, sum(max(1, alert.count) for alert in told.story) + told.dropped)
    return max(1, told.count)


def verdict_of(told: Alert | Incident) -> str:
    """Return the newest verdict on the image, empty where there is none."""
    facts = told.workload.facts if told.workload else None
    return facts.verdict if facts else ""


def _within(time_ns: int) -> int:
    return min(max(time_ns, 0), _LAST_SECOND * _SECOND + _SECOND - 1)


def _moment(time_ns: int) -> datetime:
    return datetime.fromtimestamp(_within(time_ns) // _SECOND, UTC).replace(tzinfo=None)
