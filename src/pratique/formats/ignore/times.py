"""Read the days and times at which rules end."""

from datetime import UTC, datetime


def instant(text: str) -> datetime | None:
    """
    Return a day or time as an instant (UTC where no zone is written), None where it is none.

    >>> instant("2030-01-02"), instant("soon")
    (datetime.datetime(2030, 1, 2, 0, 0, tzinfo=datetime.timezone.utc), None)
    """
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
