"""Read the times that image configs hold."""

import re
from datetime import UTC, datetime

_NANOSECONDS = re.compile(r"(\.\d{6})\d+")


def instant(text: str) -> datetime | None:
    """
    Return a time of RFC 3339, None for anything else; parts of microseconds are cut off.

    >>> instant("2023-11-14T22:13:20.123456789Z").isoformat()
    '2023-11-14T22:13:20.123456+00:00'
    """
    if not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:", text[:20]):
        return None
    try:
        found = datetime.fromisoformat(_NANOSECONDS.sub(r"\1", text[:64].upper()))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
