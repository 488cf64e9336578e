"""
Find the records that counted acts repeat.

The kernel tells the first of equal acts, keeps it in a table, and counts the others there; the table is
taken out once a second, with the number of sequence of the first. So the first ones must still be at
hand. Law: after the table was emptied at most as many acts find a place in it as it has, the first that
come of those that can be counted at all (``Flag.FIRST``); other records are repeated by nothing and are
not kept, however many come.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.kernel_events import layout

MOST_KEPT = 20_480
"""Records of one second: the 16,384 places of the table (bpf/maps.h), and what comes while it is emptied."""
_FIRST = int(layout.Flag.FIRST)
_MOST_TRIES = 3
"""How many seconds repeats wait for the record they repeat: it may still lie in its ring."""


class Counted(Struct, frozen=True):
    """So many repeats of an act, the last of them at a time of the kernel."""

    stream: int
    sequence: int
    last_ns: int
    count: int
    tried: int = 0


_Records = defaultdict[int, dict[int, bytes]]
"""By stream, then by number of sequence: a key made of both would cost each record two numbers."""


class Repeats:
    """The records of the last seconds, by their streams and numbers of sequence."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        # Records, not observations: few are asked for again, and these take a third.
        self._recent: _Records = defaultdict(dict)
        self._before: _Records = defaultdict(dict)
        self._owed: list[Counted] = []
        # When the table was emptied, as far as records of before still come.
        self._emptied: deque[int] = deque()
        self._room = most
        self.lost = 0
        """Repeats of records that never came, so far."""

    def see(self, sequence: int, stream: int, time_ns: int, record: bytes) -> None:
        """Keep a record if it may be repeated; its time tells which second it belongs to."""
        if not record[layout.FLAGS_AT] & _FIRST:
            return
        while self._emptied and time_ns >= self._emptied[0]:
            self._emptied.popleft()
            self._room = self._most
        if self._room:
            self._room -= 1
            self._recent[stream][sequence] = record

    def emptied(
        self, blocks: Iterable[bytes], time_ns: int
    ) -> tuple[Sequence[tuple[bytes, int, int]], int]:
        """
        Take what stood in the kernel's table, which was emptied at this time.

        Returns:
            The repeated record, the time of its last repeat and their number, of each; and how many
            repeats there were of records that never came.
        """
        counted = self._owed + [
            Counted(stream, sequence, last, count)
            for block in blocks
            for sequence, last, stream, count in layout.REPEATS.iter_unpack(block)
            if count
        ]
        self._owed = []
        found, unknown = [], 0
        for one in counted:
            first = _found(self._recent, one) or _found(self._before, one)
            if first is not None:
                found.append((first, one.last_ns, one.count))
            elif one.tried < _MOST_TRIES:
                self._owed.append(replace(one, tried=one.tried + 1))
            else:
                unknown += one.count
        self.lost += unknown
        self._before, self._recent = self._recent, defaultdict(dict)
        self._emptied.append(time_ns)
        return found, unknown


def _found(records: _Records, one: Counted) -> bytes | None:
    return records.get(one.stream, {}).get(one.sequence)
