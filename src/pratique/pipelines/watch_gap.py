"""
Say for how long nobody watched: a watch that was killed leaves no other trace.

A watch writes every second how far it has come into a small file of its data folder, and at its end that
it was stopped as asked. The next one reads it before its first event and tells the gap. Law: time in
which nothing was observed is told, never silently left out; a file that cannot be read is told too, and
one that a clock wrote which was ahead of this one: nobody knows how long that gap was.
"""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.model.alert import Alert, Detector, Priority

RULE = "not-watched"
NAME = "watched.json"
_MOST = 4096
_SECOND = 1_000_000_000


class _Mark(Struct, frozen=True):
    """Until when there was a watch, and whether it ended as asked."""

    until_ns: int
    ended: bool = False


class WatchMark:
    """The mark of one watch in a data folder."""

    def __init__(self, folder: Path, node: str) -> None:
        self._path = folder / NAME
        self._node = node

    def gap(self, now_ns: int) -> tuple[Alert, ...]:
        """Return the alert that tells how long nobody watched; none on a first start."""
        try:
            with self._path.open("rb") as file:
                mark = msgspec.json.decode(file.read(_MOST), type=_Mark)
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError):
            return (self._alert(now_ns, "", ended=False),)
        if mark.until_ns > now_ns:
            words = f" since {_time(mark.until_ns)} by a clock that was ahead of this one"
            return (self._alert(now_ns, words, ended=mark.ended),)
        seconds = (now_ns - mark.until_ns) / _SECOND
        words = f" for {seconds:.1f} s, from {_time(mark.until_ns)} to {_time(now_ns)}"
        return (self._alert(now_ns, words, ended=mark.ended),)

    def move(self, now_ns: int, *, ended: bool = False) -> None:
        """Say that all before this moment was watched; a full disk must not end the watch."""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            beside.write_bytes(msgspec.json.encode(_Mark(now_ns, ended)))
            beside.replace(self._path)

    def _alert(self, now_ns: int, words: str, *, ended: bool) -> Alert:
        how = "was stopped as asked" if ended else "did not end as asked"
        return Alert(
            rule=RULE,
            priority=Priority.NOTICE if ended else Priority.WARNING,
            time_ns=now_ns,
            last_ns=now_ns,
            detector=Detector.SENSOR,
            output=f"nothing was observed{words}: the watch before this one {how}",
            node=self._node,
        )


def _time(time_ns: int) -> str:
    """
    Return a time in UTC.

    >>> _time(1_000_000_000)
    '1970-01-01T00:00:01Z'
    """
    return f"{datetime.fromtimestamp(time_ns // _SECOND, UTC):%Y-%m-%dT%H:%M:%SZ}"
