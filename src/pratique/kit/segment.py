"""
Write and read one file of a journal: a head, then records with their length and checksum.

Head: ``PQJ1``, the number of the first record (8 bytes), CRC-32 of both. Record: length and CRC-32 (4
bytes each) before the bytes; the checksum covers the length too. All numbers are little-endian.
Law: what ``records`` yields was written whole; the first record that was not, a torn one, ends it.
"""

import os
import struct
import zlib
from collections.abc import Iterator

from pratique.model.errors import FormatError

HEAD_BYTES = 16
RECORD_HEAD_BYTES = 8
MAX_RECORD_BYTES = 8 << 20
_MAGIC = b"PQJ1"
_HEAD = struct.Struct("<4sQI")
_RECORD = struct.Struct("<II")
_READ_BYTES = 256 << 10


def head(first: int) -> bytes:
    """
    Return the head of a segment whose first record has this number.

    >>> read_head(head(7))
    7
    """
    return _HEAD.pack(_MAGIC, first, zlib.crc32(_MAGIC + first.to_bytes(8, "little")))


def read_head(content: bytes) -> int:
    """
    Return the number of the first record.

    Raises:
        FormatError: it is no head.
    """
    if len(content) < HEAD_BYTES:
        raise FormatError("a segment without a head")
    magic, first, check = _HEAD.unpack_from(content)
    if magic != _MAGIC or check != zlib.crc32(content[:12]):
        raise FormatError("no segment of a journal, or its head is damaged")
    return int(first)


def framed(record: bytes) -> bytes:
    """Return a record with its length and checksum."""
    length = len(record).to_bytes(4, "little")
    return _RECORD.pack(len(record), zlib.crc32(record, zlib.crc32(length))) + record


def records(descriptor: int, offset: int, end: int) -> Iterator[tuple[bytes, int]]:
    """
    Yield each record between two offsets, and where it ends; stop at the first that is damaged.

    Reads by position only, so that another thread may write behind ``end`` meanwhile.
    """
    pending, start = b"", 0
    while True:
        while len(pending) - start >= RECORD_HEAD_BYTES:
            length, check = _RECORD.unpack_from(pending, start)
            stop = start + RECORD_HEAD_BYTES + length
            if length > MAX_RECORD_BYTES:
                return
            if stop > len(pending):
                break
            record = pending[start + RECORD_HEAD_BYTES : stop]
            if zlib.crc32(record, zlib.crc32(pending[start : start + 4])) != check:
                return
            offset += RECORD_HEAD_BYTES + length
            yield record, offset
            start = stop
        rest = len(pending) - start
        piece = os.pread(descriptor, max(0, min(_READ_BYTES, end - offset - rest)), offset + rest)
        if not piece:
            return
        pending, start = pending[start:] + piece, 0
