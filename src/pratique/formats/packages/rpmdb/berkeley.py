"""
Read the header blobs out of ``Packages``, a Berkeley DB hash file.

All pages are walked in file order, not by bucket, so a damaged bucket table hides nothing. A hash
page holds pairs (key, data); data is the blob itself or the first of a chain of overflow pages.
The record with key 0 holds rpm's counter, no package.
Law: a page serves one blob at most, so chains that loop or share pages end in ``Damaged`` and the
work stays linear in the file.
Source: Berkeley DB 5.3, src/dbinc/db_page.h (HMETA, PAGE, HKEYDATA, HOFFPAGE); rpm 4.14,
lib/backend/db3.c. Both byte orders, pages of 512 bytes to 64 KiB.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise

from pratique.formats.packages.damaged import Damaged
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

_MAGIC = 0x061561
_META_BYTES = 100
_PAGE_HEADER = 26
_HASH_META, _HASH_UNSORTED, _HASH, _OVERFLOW = 8, 2, 13, 7
_KEYDATA, _OFFPAGE = 1, 3
_COUNTER_KEY = bytes(4)


def is_hash(content: bytes) -> bool:
    """Say whether this is a Berkeley DB hash file of either byte order."""
    return content[12:16] in (_MAGIC.to_bytes(4, "little"), _MAGIC.to_bytes(4, "big"))


def blobs(content: bytes, limits: Limits = DEFAULT) -> Iterator[bytes | Damaged]:
    """
    Yield each package's header blob, and a ``Damaged`` for each record that cannot be read.

    Raises:
        FormatError: no hash file, encrypted, checksummed, or an impossible page size.
        LimitExceeded: more records than ``limits.packages``.
    """
    reader = _Pages(content)
    found = 0
    for page in range(1, reader.pages):
        for blob in reader.blobs_of(page):
            found += 1
            if found > limits.packages:
                raise LimitExceeded(f"more than {limits.packages} records (packages)")
            yield blob
    if reader.short:
        yield Damaged(reader.short)


class _Pages:
    """The pages of one file; remembers which overflow pages were used."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _META_BYTES or not is_hash(content):
            raise FormatError("not a Berkeley DB hash file")
        order = "<" if content[12:16] == _MAGIC.to_bytes(4, "little") else ">"
        size, cipher, kind, flags = struct.unpack_from(order + "IBBB", content, 20)
        if not 512 <= size <= 65536 or size & (size - 1):
            raise FormatError(f"page size {size} is impossible in Berkeley DB", offset=20)
        if kind != _HASH_META or cipher or flags & 1:
            raise FormatError("a Berkeley DB file that rpm never writes", offset=24)
        self._content, self._size = content, size
        self._page = struct.Struct(order + "IIIHHBB")  # pgno prev next entries hf_offset level type
        self._offpage = struct.Struct(order + "II")
        self._order = order
        last = struct.unpack_from(order + "I", content, 32)[0]
        self.pages = len(content) // size
        self.short = (
            f"the file ends early: {self.pages} of {last + 1} pages" if last >= self.pages else ""
        )
        self._used = bytearray(self.pages)

    def blobs_of(self, number: int) -> Iterator[bytes | Damaged]:
        """Yield the blobs that the pairs of page ``number`` hold; none if it is no hash page."""
        start = number * self._size
        _, _, _, entries, _, _, kind = self._page.unpack_from(self._content, start + 8)
        if kind not in (_HASH, _HASH_UNSORTED):
            return
        if entries % 2 or _PAGE_HEADER + 2 * entries > self._size:
            yield Damaged(f"page {number} claims {entries} entries")
            return
        page = self._content[start : start + self._size]
        stops = (self._size, *struct.unpack_from(f"{self._order}{entries}H", page, _PAGE_HEADER))
        if any(lower > upper for upper, lower in pairwise(stops)):
            # Items lie back to back; overlapping ones would multiply the work.
            yield Damaged(f"the items of page {number} overlap")
            return
        for at in range(1, entries, 2):
            key, data = page[stops[at] : stops[at - 1]], page[stops[at + 1] : stops[at]]
            if key[:1] == b"\x01" and key[1:] == _COUNTER_KEY:
                continue
            yield self._data(data, number)

    def _data(self, data: bytes, number: int) -> bytes | Damaged:
        kind = data[0] if data else 0
        if kind == _KEYDATA:
            return data[1:]
        if kind == _OFFPAGE and len(data) >= 12:
            return self._chain(*self._offpage.unpack_from(data, 4))
        return Damaged(f"a record on page {number} is of unknown kind {kind}")

    def _chain(self, first: int, length: int) -> bytes | Damaged:
        parts: list[bytes] = []
        page, room = first, length
        while page and room > 0:
            if page >= self.pages:
                return Damaged(f"overflow page {page} is missing")
            if self._used[page]:
                return Damaged(f"overflow page {page} is used twice")
            self._used[page] = 1
            start = page * self._size
            _, _, page, _, used, _, kind = self._page.unpack_from(self._content, start + 8)
            if kind != _OVERFLOW or not 0 < used <= self._size - _PAGE_HEADER:
                return Damaged(f"the chain from page {first} leads to a page that is none of it")
            parts.append(self._content[start + _PAGE_HEADER : start + _PAGE_HEADER + used])
            room -= used
        if room or page:
            return Damaged(f"the chain from page {first} does not hold the {length} bytes claimed")
        return b"".join(parts)
