"""
Read the header blobs out of ``Packages.db``, rpm's own "new" database (SUSE).

A header of 32 bytes, then pages of slots (16 bytes: magic, package index, first block, blocks), then
blobs in blocks of 16 bytes: head (magic, index, generation, length), data, padding, tail (Adler-32
of all before it, length, magic).
Law: the blocks of all slots together are no more than the file has, so overlapping slots cannot
multiply the work.
Source: rpm 4.17, lib/backend/ndb/rpmpkg.c. Always little-endian.
"""

import struct
import zlib
from collections.abc import Iterator

from pratique.formats.packages.damaged import Damaged
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

MAGIC = b"RpmP"
_BLOCK = 16
_PAGE = 4096
_FIRST_SLOT = 32
_HEAD = struct.Struct("<4sIII")
_TAIL = struct.Struct("<II4s")


def blobs(content: bytes, limits: Limits = DEFAULT) -> Iterator[bytes | Damaged]:
    """
    Yield each package's header blob, and a ``Damaged`` for each record that cannot be read.

    Raises:
        FormatError: no NDB file, or of an unknown version.
        LimitExceeded: more records than ``limits.packages``.
    """
    if len(content) < _FIRST_SLOT or content[:4] != MAGIC:
        raise FormatError("not an NDB file of rpm")
    version, _, pages = struct.unpack_from("<III", content, 4)
    if version != 0 or pages == 0:
        raise FormatError(f"NDB version {version} with {pages} slot pages is unknown", offset=4)
    end = pages * _PAGE
    short = end > len(content)
    if short:
        end = _FIRST_SLOT + (len(content) - _FIRST_SLOT) // _BLOCK * _BLOCK
    found, room = 0, len(content) // _BLOCK
    for magic, index, block, blocks in _HEAD.iter_unpack(content[_FIRST_SLOT:end]):
        if magic != b"Slot":
            yield Damaged("the table of slots ends in bytes that are no slot")
            return
        if not index:
            continue
        found, room = found + 1, room - blocks
        if found > limits.packages:
            raise LimitExceeded(f"more than {limits.packages} records (packages)")
        if room < 0:
            yield Damaged("slots claim more blocks than the file has")
            return
        yield _blob(content, index, block * _BLOCK, blocks * _BLOCK)
    if short:
        yield Damaged("the file ends early: inside its table of slots")


def _blob(content: bytes, index: int, start: int, length: int) -> bytes | Damaged:
    end = start + length
    tail = end - _TAIL.size
    if end > len(content) or length < _HEAD.size + _TAIL.size:
        return Damaged(f"package {index} lies outside the file")
    magic, owner, _, size = _HEAD.unpack_from(content, start)
    checksum, size_again, tail_magic = _TAIL.unpack_from(content, tail)
    begin = start + _HEAD.size
    if magic != b"BlbS" or tail_magic != b"BlbE" or owner != index or begin + size > tail:
        return Damaged(f"package {index} has no valid head and tail")
    if size != size_again or zlib.adler32(memoryview(content)[start:tail]) != checksum:
        return Damaged(f"package {index} does not match its checksum")
    return content[begin : begin + size]
