"""
Apply a SQLite write-ahead log: which pages it renews, and how many pages the database then has.

Law: as SQLite's own recovery does, frames count up to the last commit before the first one whose
salts or running checksum do not fit; a log whose header does not fit counts for nothing. One thing
more: a frame with the right salts and a wrong checksum is a torn write and is reported.
Source: https://www.sqlite.org/fileformat2.html §4. Bounds: linear in the log.
"""

import struct

from msgspec import Struct

_HEADER = struct.Struct(">8I")  # magic version page-size checkpoint salt-1 salt-2 checksum-1, -2
_FRAME = struct.Struct(">6I")  # page, pages after commit or 0, salt-1, salt-2, checksum-1, -2
_BIG, _LITTLE = 0x377F0683, 0x377F0682
_VERSION = 3007000
_MASK = 0xFFFFFFFF


class Log(Struct, frozen=True):
    """
    What a log changes.

    ``pages`` maps page numbers (from 1) to their new content, ``page_count`` is the size of the
    database after the last commit (0: no commit), ``torn`` says what was damaged, or is empty.
    """

    pages: dict[int, bytes] = {}
    page_count: int = 0
    torn: str = ""


def apply_wal(wal: bytes, page_size: int) -> Log:
    """
    Return what the committed frames of ``wal`` change in a database of ``page_size`` bytes a page.

    >>> apply_wal(b"", 4096)
    Log(pages={}, page_count=0, torn='')
    """
    if len(wal) < _HEADER.size:
        return Log()
    magic, version, size, _, *rest = _HEADER.unpack_from(wal)
    salts, sums = tuple(rest[:2]), (rest[2], rest[3])
    if magic not in (_BIG, _LITTLE) or version != _VERSION or size != page_size:
        return Log(torn="the write-ahead log has no valid header")
    order = ">" if magic == _BIG else "<"
    if _checksum(wal[:24], (0, 0), order) != sums:
        return Log(torn="the write-ahead log has no valid header")
    return _frames(wal, size, salts, sums, order)


def _frames(
    wal: bytes, size: int, salts: tuple[int, ...], sums: tuple[int, int], order: str
) -> Log:
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    page_count, torn = 0, ""
    for at in range(_HEADER.size, len(wal) - _FRAME.size - size + 1, _FRAME.size + size):
        page, commit, salt_1, salt_2, *expected = _FRAME.unpack_from(wal, at)
        content = wal[at + _FRAME.size : at + _FRAME.size + size]
        if (salt_1, salt_2) != salts or not page:
            break
        sums = _checksum(wal[at : at + 8] + content, sums, order)
        if list(sums) != expected:
            torn = "the write-ahead log holds a frame with a wrong checksum"
            break
        pending[page] = content
        if commit:
            committed |= pending
            pending, page_count = {}, commit
    return Log(committed, page_count, torn)


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    for even, odd in struct.iter_unpack(order + "II", data):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
