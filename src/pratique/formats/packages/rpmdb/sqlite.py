"""
Read the header blobs out of ``rpmdb.sqlite`` with a small b-tree reader of our own.

The file is hostile, so no SQL engine opens it: nothing of its schema (views, triggers, virtual
tables, generated columns) is ever run, and a broken page costs the packages on that page, not all.
Only what rpm's table ``Packages (hnum INTEGER PRIMARY KEY, blob BLOB)`` needs is read: the schema
table on page 1, then one rowid b-tree.
Law: every page serves once, so cycles and shared overflow chains end in ``Damaged`` and the work
stays linear in the file.
Source: https://www.sqlite.org/fileformat2.html §1.3-1.6, 2.1; rpm, lib/backend/sqlite.c.
The test suite compares with SQLite itself.
"""

from collections.abc import Iterator

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb.wal import apply_wal
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

MAGIC = b"SQLite format 3\0"
_FILE_HEADER = 100
_INTERIOR, _LEAF = 5, 13
_ENCODINGS = {0: "utf-8", 1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}


def blobs(content: bytes, wal: bytes = b"", limits: Limits = DEFAULT) -> Iterator[bytes | Damaged]:
    """
    Yield each package's header blob, and a ``Damaged`` for each record that cannot be read.

    Args:
        content: the database file.
        wal: its write-ahead log, empty where there is none; committed frames of it count.
        limits: ``packages`` bounds the records.

    Raises:
        FormatError: no SQLite file, or without rpm's table of packages.
        LimitExceeded: more records than ``limits.packages``.
    """
    pages = _Pages(content, wal)
    if pages.torn:
        yield Damaged(pages.torn)
    root = _packages_root(pages)
    for number, payload in enumerate(_rows(pages, root)):
        if number >= limits.packages:
            raise LimitExceeded(f"more than {limits.packages} records (packages)")
        yield payload if isinstance(payload, Damaged) else _blob_of(payload)


class _Pages:
    """The pages of a database with its log applied; each is handed out once."""

    def __init__(self, content: bytes, wal: bytes) -> None:
        if len(content) < _FILE_HEADER or not content.startswith(MAGIC):
            raise FormatError("not a SQLite file")
        size = int.from_bytes(content[16:18]) or 65536
        self.size = 65536 if size == 1 else size
        if not 512 <= self.size <= 65536 or self.size & (self.size - 1):
            raise FormatError(f"page size {self.size} is impossible in SQLite", offset=16)
        log = apply_wal(wal, self.size)
        self._content, self._newer, self.torn = content, log.pages, log.torn
        self.count = log.page_count or -(-len(content) // self.size)
        self._used: set[int] = set()
        first = self.peek(1)
        self.usable = self.size - first[20]
        if self.usable < 480:
            raise FormatError("impossible reserved space in a SQLite file", offset=20)
        encoding = int.from_bytes(first[56:60])
        if encoding not in _ENCODINGS:
            raise FormatError("unknown text encoding in a SQLite file", offset=56)
        self.encoding = _ENCODINGS[encoding]

    def peek(self, number: int) -> bytes:
        """Return page ``number`` (from 1), shorter than a page where the file ends early."""
        if number in self._newer:
            return self._newer[number]
        return self._content[(number - 1) * self.size : number * self.size]

    def take(self, number: int) -> bytes | Damaged:
        """Return page ``number`` in full, once."""
        if not 1 <= number <= self.count:
            return Damaged(f"page {number} is missing")
        if number in self._used:
            return Damaged(f"page {number} is used twice")
        self._used.add(number)
        page = self.peek(number)
        return page if len(page) == self.size else Damaged(f"the file ends early: in page {number}")


def _packages_root(pages: _Pages) -> int:
    for payload in _rows(pages, 1):
        if isinstance(payload, Damaged):
            continue
        columns = _columns(payload)
        if len(columns) < 4 or _text(columns[0], pages) != "table":
            continue
        if _text(columns[1], pages).lower() == "packages":
            # Cut to 4 bytes: a page number has no more, and int.from_bytes takes anything.
            return int.from_bytes(columns[3][1][:4])
    raise FormatError("a SQLite file without rpm's table Packages")


def _rows(pages: _Pages, root: int) -> Iterator[bytes | Damaged]:
    """Yield the payloads of a rowid table in the order of its keys; depth costs no recursion."""
    waiting = [root]
    while waiting:
        number = waiting.pop()
        page = pages.take(number)
        if isinstance(page, Damaged):
            yield page
            continue
        top = _FILE_HEADER if number == 1 else 0
        kind, cells = page[top], int.from_bytes(page[top + 3 : top + 5])
        start = top + (12 if kind == _INTERIOR else 8)
        if kind not in (_INTERIOR, _LEAF) or start + 2 * cells > len(page):
            yield Damaged(f"page {number} is no page of a table")
            continue
        offsets = [int.from_bytes(page[at : at + 2]) for at in range(start, start + 2 * cells, 2)]
        if kind == _INTERIOR:
            waiting.append(int.from_bytes(page[top + 8 : top + 12]))
            waiting.extend(int.from_bytes(page[at : at + 4]) for at in reversed(offsets))
        else:
            yield from _cells(pages, page, offsets)


def _cells(pages: _Pages, page: bytes, offsets: list[int]) -> Iterator[bytes | Damaged]:
    room = len(page)
    for offset in offsets:
        length, at = _varint(page, offset)
        _, at = _varint(page, at)  # the row's key
        local = _local_bytes(length, pages.usable)
        room -= local
        if at + local > len(page) or room < 0:
            # Cells never overlap; ones that do would multiply the work.
            yield Damaged("the records of a page do not fit it")
            return
        yield _payload(pages, page[at : at + local + 4], local, length)


def _local_bytes(length: int, usable: int) -> int:
    """Return how many bytes of a payload stand on the leaf page itself (§1.6)."""
    largest, smallest = usable - 35, (usable - 12) * 32 // 255 - 23
    if length <= largest:
        return length
    local = smallest + (length - smallest) % (usable - 4)
    return local if local <= largest else smallest


def _payload(pages: _Pages, cell: bytes, local: int, length: int) -> bytes | Damaged:
    parts, missing = [cell[:local]], length - local
    following = int.from_bytes(cell[local:])
    while missing > 0:
        overflow = pages.take(following)
        if isinstance(overflow, Damaged):
            return overflow
        part = overflow[4 : min(pages.usable, 4 + missing)]
        following, missing = int.from_bytes(overflow[:4]), missing - len(part)
        parts.append(part)
    return b"".join(parts)


def _columns(payload: bytes) -> list[tuple[int, bytes]]:
    """Return (serial type, bytes) of each column; stops where the record does."""
    header, at = _varint(payload, 0)
    columns, data = [], header
    while at < min(header, len(payload)):
        serial, at = _varint(payload, at)
        length = (
            (serial - 12) // 2 if serial >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial]
        )
        columns.append((serial, payload[data : data + length]))
        data += length
        if data > len(payload):
            break
    return columns


def _blob_of(payload: bytes) -> bytes | Damaged:
    columns = _columns(payload)
    if len(columns) != 2:
        return Damaged("a row of Packages has not two columns")
    serial, blob = columns[1]
    if serial < 12 or serial % 2 or len(blob) != (serial - 12) // 2:
        return Damaged("a row of Packages holds no blob")
    return blob


def _text(column: tuple[int, bytes], pages: _Pages) -> str:
    serial, value = column
    return value.decode(pages.encoding, "replace") if serial >= 13 and serial % 2 else ""


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a big-endian base-128 integer of 1 to 9 bytes and the offset behind it."""
    value = 0
    for count, byte in enumerate(data[at : at + 9], 1):
        if count == 9:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count
    return 0, len(data)
