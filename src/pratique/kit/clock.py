"""
Tell the time once per run, reproducibly.

``SOURCE_DATE_EPOCH`` (https://reproducible-builds.org/specs/source-date-epoch/) wins over the
clock, so equal inputs give equal bytes.

What is watched is dated by ``steady_ns``: the machine's time since its start, and the wall clock as it
stood when the program began. Law: it never steps, so that what came later has the later time, whoever sets
the clock meanwhile; all parts of a program that compare such times take them from here.
"""

import os
import time
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


def booted_ns() -> int:
    """Return when the machine started, in ns since the epoch, by the clock as it stood at our start."""
    return _BOOTED_NS


def steady_ns() -> int:
    """Return the time in ns since the epoch, by a clock that nobody sets."""
    return _BOOTED_NS + time.clock_gettime_ns(time.CLOCK_BOOTTIME)


_BOOTED_NS = time.time_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)


def iso(moment: datetime) -> str:
    """
    Return a moment as ``YYYY-MM-DDTHH:MM:SSZ``.

    >>> iso(datetime(2026, 1, 2, tzinfo=UTC))
    '2026-01-02T00:00:00Z'
    """
    # Not strftime: its %Y does not pad years before 1000 on Linux.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
