"""
Tell the time once per run, reproducibly.

``SOURCE_DATE_EPOCH`` (https://reproducible-builds.org/specs/source-date-epoch/) wins over the
clock, so equal inputs give equal bytes.
"""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from pratique.model.errors import UsageError


def now(environ: Mapping[str, str] = os.environ) -> datetime:
    """
    Return the time of this run in UTC, whole seconds.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is set but is no number of seconds.

    >>> now({"SOURCE_DATE_EPOCH": "0"}).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is not a number of seconds: {epoch[:40]!r}",
            hint="set it to `git log -1 --format=%ct`, or unset it",
        ) from None


def iso(moment: datetime) -> str:
    """
    Return a moment as ``YYYY-MM-DDTHH:MM:SSZ``.

    >>> iso(datetime(2026, 1, 2, tzinfo=UTC))
    '2026-01-02T00:00:00Z'
    """
    # Not strftime: its %Y does not pad years before 1000 on Linux.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
