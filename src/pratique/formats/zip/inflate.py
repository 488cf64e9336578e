"""
Unpack the bytes of one member, piece by piece.

Law: never more than the declared size comes out, and a member whose bytes are fewer, more or other
than declared (size, CRC-32) is a ``FormatError``. Stored and deflated members only: nothing else is
in use where this reads (a jar with another method cannot be loaded by Java).
"""

from collections.abc import Iterator
from typing import BinaryIO, cast

from isal import isal_zlib

from pratique.formats.zip.directory import LOCAL, Member, read_at
from pratique.model.errors import FormatError

STORED, DEFLATED = 0, 8
_ENCRYPTED = 1
_LOCAL_BYTES = 30
_CHUNK = 1 << 16
_PIECE = 1 << 18
_NAME_BYTES = 256
"""Read with a local header: its name and extra field are mostly shorter."""
_ERRORS = cast("type[Exception]", isal_zlib.error)


def pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """
    Yield the content of a member in pieces of at most 256 KiB.

    Raises:
        FormatError: encrypted, packed by another method, damaged, or other than declared.
    """
    crc = count = 0
    for piece in _unpacked(file, member):
        count += len(piece)
        if count > member.size_bytes:
            raise FormatError("a member is longer than its directory says")
        crc = isal_zlib.crc32(piece, crc)
        yield piece
    if count != member.size_bytes:
        raise FormatError("a member is shorter than its directory says")
    if crc != member.crc:
        raise FormatError("the checksum of a member is wrong")


def at_once(file: BinaryIO, member: Member) -> bytes | None:
    """
    Return the content of a small member, unpacked in one step: most members are small.

    None where it is not small or anything is unusual; ``pieces`` says what.
    """
    if (
        member.method != DEFLATED
        or member.flags & _ENCRYPTED
        or member.packed_bytes > _CHUNK
        or member.size_bytes > _PIECE
    ):
        return None
    found = read_at(file, member.offset, _LOCAL_BYTES + _NAME_BYTES + member.packed_bytes)
    if len(found) < _LOCAL_BYTES or not found.startswith(LOCAL):
        return None
    at = _LOCAL_BYTES + found[26] + (found[27] << 8) + found[28] + (found[29] << 8)
    packed = found[at : at + member.packed_bytes]
    if len(packed) < member.packed_bytes:
        return None
    decoder = isal_zlib.decompressobj(-15)
    try:
        content = decoder.decompress(packed, _PIECE)
    except _ERRORS:
        return None
    whole = decoder.eof and len(content) == member.size_bytes
    return content if whole and isal_zlib.crc32(content) == member.crc else None


def data_offset(file: BinaryIO, member: Member) -> int:
    """
    Return where the packed bytes of a member start.

    Raises:
        FormatError: there is no local header at its place, or it cannot be unpacked by us.
    """
    if member.flags & _ENCRYPTED:
        raise FormatError("a member is encrypted")
    if member.method not in (STORED, DEFLATED):
        raise FormatError(f"a member is packed by method {member.method}, which is not read")
    header = read_at(file, member.offset, _LOCAL_BYTES)
    if len(header) < _LOCAL_BYTES or header[:4] != LOCAL:
        raise FormatError("a member has no local header")
    return (
        member.offset
        + _LOCAL_BYTES
        + int.from_bytes(header[26:28], "little")
        + int.from_bytes(header[28:30], "little")
    )


def _unpacked(file: BinaryIO, member: Member) -> Iterator[bytes]:
    packed = _packed(file, data_offset(file, member), member.packed_bytes)
    return packed if member.method == STORED else _inflated(packed)


def _packed(file: BinaryIO, at: int, left: int) -> Iterator[bytes]:
    while left > 0:
        chunk = read_at(file, at, min(_CHUNK, left))
        if not chunk:
            raise FormatError("a member reaches beyond the end of the file")
        yield chunk
        at += len(chunk)
        left -= len(chunk)


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    decoder = isal_zlib.decompressobj(-15)
    try:
        for chunk in packed:
            waiting = chunk
            while waiting and not decoder.eof:
                piece = decoder.decompress(waiting, _PIECE)
                waiting = decoder.unconsumed_tail
                if piece:
                    yield piece
                elif waiting:
                    raise FormatError("a deflated member makes no progress")
            if decoder.eof:
                return
        yield from _rest(decoder)
    except _ERRORS as error:
        raise FormatError(f"a deflated member is damaged: {error}") from None


def _rest(decoder: "isal_zlib.Decompress") -> Iterator[bytes]:
    """Yield what the decoder holds back after the last input."""
    while not decoder.eof:
        piece = decoder.decompress(b"", _PIECE)
        if not piece:
            raise FormatError("a deflated member is cut short")
        yield piece
