"""
Find and walk the central directory of a zip archive.

Law: the directory is the one that Java takes: the last end record whose comment reaches the end of
the file, else the last one that is led to a central header and a local header. Bytes before the
archive (a shell script, as in self-executing jars) shift all offsets; the shift is what is left
between where the directory stands and where the end record says it stands.
Bounds: the end record is looked for in the last 65,557 bytes; ``Limits.zip_directory_bytes`` and
``Limits.zip_entries``. The count in the end record is not used: old tools let it wrap at 65,536.
Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16; OpenJDK, java.util.zip.ZipFile.Source.
"""

import struct
from collections.abc import Callable, Iterator
from typing import BinaryIO

from msgspec import Struct

from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.paths import decode_path

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _LOCATOR, _SIGNATURE = b"PK\x06\x06", b"PK\x06\x07", b"PK\x05\x05"
_END_RECORD = struct.Struct("<4s4H2LH")
_END64_RECORD = struct.Struct("<4s8x4x4x4x8xQQQ")
_LOCATOR_RECORD = struct.Struct("<4s4xQ4x")
_ENTRY = struct.Struct("<4s4xHH4xLLLHHH8xL")
_LENGTHS = struct.Struct("<HHH")
_TAIL_BYTES = _END_RECORD.size + 0xFFFF
_MOST_CANDIDATES = 16
"""End records without a fitting comment that are followed up; each costs reads all over the file."""
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
_FARTHEST = (1 << 63) - 1
"""No file is longer, and none can be sought farther; zip64 can say 64 bits."""


class Member(Struct, frozen=True, gc=False):
    """
    One entry of the central directory.

    ``name`` is as ``model.paths.decode_path`` gives it. ``offset`` is where its local header stands
    in the file, counted from the start of the file.
    """

    name: str
    size_bytes: int
    packed_bytes: int
    method: int
    flags: int
    crc: int
    offset: int


class Directory(Struct, frozen=True):
    """
    Where the central directory is, and its bytes.

    ``base`` is the number of bytes before the archive; ``end`` where the directory's end records
    are over (comment included); ``count`` what the end record says; ``size_bytes`` the file's.
    """

    content: bytes
    offset: int
    base: int
    end: int
    count: int
    size_bytes: int


def find_directory(file: BinaryIO, limits: Limits) -> Directory:
    """
    Return the central directory of an archive.

    Raises:
        FormatError: there is none.
        LimitExceeded: it is too large.
    """
    size = file.seek(0, 2)
    start = max(0, size - _TAIL_BYTES)
    tail = read_at(file, start, _TAIL_BYTES)
    position, candidates = tail.rfind(END), 0
    while position >= 0:
        if position + _END_RECORD.size <= len(tail):
            comment = int.from_bytes(tail[position + 20 : position + 22], "little")
            fits = start + position + _END_RECORD.size + comment
            if fits <= size:
                candidates += fits != size
                if candidates > _MOST_CANDIDATES:
                    raise LimitExceeded(f"more than {_MOST_CANDIDATES} doubtful end records")
                found = _directory(file, tail[position:], start + position, size, limits)
                if fits == size or (found and _leads_somewhere(file, found)):
                    return _checked(found)
        position = tail.rfind(END, 0, position + 3)
    raise FormatError("not a zip archive: no end of central directory")


def walk(
    directory: Directory, limits: Limits, wanted: Callable[[bytes], object] | None = None
) -> Iterator[Member]:
    """
    Yield the members whose raw name ``wanted`` accepts (all without it), in order.

    Raises:
        FormatError: an entry is damaged.
        LimitExceeded: more than ``Limits.zip_entries`` entries.
    """
    content, at, count, length = directory.content, 0, 0, len(directory.content)
    lengths = _LENGTHS.unpack_from
    while at + _ENTRY.size <= length:
        if content[at : at + 4] != CENTRAL:
            break
        count += 1
        if count > limits.zip_entries:
            raise LimitExceeded(f"more than {limits.zip_entries} entries (zip_entries)")
        name_bytes, extra_bytes, comment_bytes = lengths(content, at + 28)
        name_end = at + _ENTRY.size + name_bytes
        after = name_end + extra_bytes + comment_bytes
        if after > length:
            raise FormatError(f"entry {count} of the central directory is cut short")
        name = content[at + _ENTRY.size : name_end]
        if wanted is None or wanted(name):
            yield _member(directory, at, name, content[name_end : name_end + extra_bytes])
        at = after
    if at != length and content[at : at + 4] != _SIGNATURE:
        raise FormatError(f"the central directory is damaged after {count} entries")


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """Return up to ``size`` bytes from ``offset``, fewer at the end, none past any file's end."""
    if offset > _FARTHEST:
        return b""
    file.seek(offset)
    return file.read(size)


def _directory(
    file: BinaryIO, record: bytes, at: int, size: int, limits: Limits
) -> Directory | FormatError:
    """Return what an end record leads to; an error value where it cannot be right."""
    _, _, _, _, count, length, offset, comment = _END_RECORD.unpack_from(record)
    end = at + _END_RECORD.size + comment
    wide = _zip64(file, at, (count, length, offset))
    if wide:
        at, count, length, offset = wide
    if length > limits.zip_directory_bytes:
        return LimitExceeded(
            f"a central directory of {length} bytes, more than {limits.zip_directory_bytes} "
            "(zip_directory_bytes)"
        )
    place = at - length
    if place < 0:
        return FormatError("the central directory is said to be larger than the file before it")
    content = read_at(file, place, length)
    if content and content[:4] != CENTRAL and offset < place:
        # Padding between the directory and its end: the offset is right as it stands.
        place, content = offset, read_at(file, offset, length)
    if place < offset:
        return FormatError("the central directory is said to start after its end")
    return Directory(content, place, place - offset, end, count, size)


def _checked(found: Directory | FormatError) -> Directory:
    if isinstance(found, FormatError):
        raise found
    return found


def _leads_somewhere(file: BinaryIO, found: Directory | FormatError) -> bool:
    """Return whether a directory of which the comment does not fit is one nevertheless."""
    if isinstance(found, FormatError) or found.content[:4] != CENTRAL:
        return False
    return read_at(file, found.base, 4) == LOCAL


def _zip64(
    file: BinaryIO, end: int, narrow: tuple[int, int, int]
) -> tuple[int, int, int, int] | None:
    """Return place, count, length and offset by the zip64 end record, if it does not contradict."""
    at = end - _LOCATOR_RECORD.size
    if at < _END64_RECORD.size:
        return None
    signature, said = _LOCATOR_RECORD.unpack(read_at(file, at, _LOCATOR_RECORD.size))
    if signature != _LOCATOR:
        return None
    # Behind a prefix the locator's offset is short by its length: look right before it as well.
    for place in (said, at - _END64_RECORD.size):
        if not 0 <= place <= at - _END64_RECORD.size:
            continue
        record = read_at(file, place, _END64_RECORD.size)
        signature, count, length, offset = _END64_RECORD.unpack(record)
        agrees = all(
            small in (large, ceiling)
            for small, large, ceiling in zip(
                narrow, (count, length, offset), (_MAX16, _MAX32, _MAX32), strict=True
            )
        )
        if signature == _END64 and agrees:
            return place, count, length, offset
    return None


def _member(directory: Directory, at: int, name: bytes, extra: bytes) -> Member:
    _, flags, method, crc, packed, size, _, _, _, offset = _ENTRY.unpack_from(directory.content, at)
    if _MAX32 in (packed, size, offset):
        size, packed, offset = _wide(extra, size, packed, offset)
    return Member(decode_path(name), size, packed, method, flags, crc, directory.base + offset)


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Return the three figures with the 64-bit ones of the extra field 1 put in (4.5.3)."""
    values = [size, packed, offset]
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            for index in (index for index, value in enumerate(values) if value == _MAX32):
                if len(field) < 8:
                    break
                values[index], field = int.from_bytes(field[:8], "little"), field[8:]
            break
        at += 4 + length
    return values[0], values[1], values[2]
