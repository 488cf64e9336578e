"""
Write the dates of advisory feeds one way: ISO 8601, in UTC, whole seconds.

Publishers write ``2018-04-26 17:17:00``, ``2023-09-12 15:15:00 UTC``, ``2024-10-10T12:04:24.57Z``
or a bare day. Law: dates that come out compare as text in the order of time, up to the day where
no time was given.

Source: ISO 8601 as narrowed by RFC 3339; a time without a zone is taken as UTC.
"""

import re
from datetime import UTC, datetime

_PLAIN = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]00:?00))?)?"
)
_LONGEST = 64


def iso_date(text: str) -> str:
    """
    Return a publisher's date as ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SSZ``; empty if it is none.

    >>> iso_date("2018-04-26 17:17:00"), iso_date("2024-07-01"), iso_date("soon")
    ('2018-04-26T17:17:00Z', '2024-07-01', '')
    >>> iso_date("2024-11-18T12:00:00+02:00")
    '2024-11-18T10:00:00Z'
    """
    text = text.strip()
    plain = _PLAIN.fullmatch(text)
    if plain:
        day, minute, second = plain.groups()
        return f"{day}T{minute}{second or ':00'}Z" if minute else day
    return _with_zone(text[:_LONGEST])


def _with_zone(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.tzinfo else ""
    except (ValueError, OverflowError):
        return ""
