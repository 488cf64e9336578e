"""
Understand sparse files: old GNU, and PAX 0.0, 0.1 and 1.0.

Law: a map is accepted only if its pieces are in order, apart, inside the file, so a file of
``real_size`` bytes can be laid out from it. Holes cost nothing until somebody asks for the bytes.
Source: GNU tar manual, "Storing Sparse Files"; Go ``archive/tar`` (readGNUSparse…).
"""

from collections.abc import Callable

from msgspec import Struct

from pratique.formats.tar import header, pax
from pratique.model.errors import FormatError, LimitExceeded

_PER_HEADER, _PER_EXTENSION, _PAIR = 4, 21, 24


class SparseMap(Struct, frozen=True):
    """Where the stored bytes belong: (offset, length) in order; ``real_size`` with the holes."""

    pieces: tuple[tuple[int, int], ...]
    real_size: int

    def lay_out(self, stored: bytes | bytearray) -> bytearray:
        """
        Return the file with its holes as zeros; the caller has bounded ``real_size``.

        Raises:
            FormatError: there are fewer or more stored bytes than the map places.

        >>> bytes(SparseMap(((2, 3),), 8).lay_out(b"abc"))
        b'\\x00\\x00abc\\x00\\x00\\x00'
        """
        if sum(length for _, length in self.pieces) != len(stored):
            raise FormatError("a sparse map does not fit the bytes that are there")
        whole = bytearray(self.real_size)
        position = 0
        for offset, length in self.pieces:
            whole[offset : offset + length] = stored[position : position + length]
            position += length
        return whole


def old_gnu(block: bytes, next_block: Callable[[], bytes], header_bytes: int) -> SparseMap:
    """
    Return the map in an old GNU header (type ``S``) and the extension blocks behind it.

    Raises:
        FormatError: malformed.
        LimitExceeded: more extension blocks than ``header_bytes``.
    """
    if not header.is_gnu(block):
        raise FormatError("a sparse entry without a GNU header")
    pieces = _pairs(block, 386, _PER_HEADER)
    extended, taken = block[482], 0
    while extended:
        taken += header.BLOCK
        if taken > header_bytes:
            raise LimitExceeded(f"a sparse map is over {header_bytes} bytes")
        extension = next_block()
        if len(extension) < header.BLOCK:
            raise FormatError("the archive ends inside a sparse map")
        pieces += _pairs(extension, 0, _PER_EXTENSION)
        extended = extension[504]
    return _checked(pieces, header.number(block[483:495]))


def pax_version(found: pax.Records) -> str:
    """
    Return ``"1"`` (map before the data), ``"0"`` (map in the records) or ``""`` (not sparse).

    >>> pax_version({b"GNU.sparse.major": b"1", b"GNU.sparse.minor": b"0"}), pax_version({})
    ('1', '')
    """
    version = found.get(b"GNU.sparse.major", b""), found.get(b"GNU.sparse.minor", b"")
    if version == (b"1", b"0"):
        return "1"
    if version in ((b"0", b"0"), (b"0", b"1")) or (
        version == (b"", b"") and pax.SPARSE_MAP in found
    ):
        return "0"
    return ""


def real_size(found: pax.Records, fallback: int) -> int:
    """
    Return the size with the holes that PAX records give.

    Raises:
        FormatError: it is no number.
    """
    value = found.get(b"GNU.sparse.size") or found.get(b"GNU.sparse.realsize")
    return fallback if value is None else pax.integer(value)


def from_records(found: pax.Records, size: int) -> SparseMap:
    """
    Return the map in the records of PAX sparse 0.0 or 0.1.

    Raises:
        FormatError: malformed.
    """
    text = found.get(pax.SPARSE_MAP, b"")
    numbers = [pax.integer(field) for field in text.split(b",")] if text else []
    if pax.integer(found.get(b"GNU.sparse.numblocks", b"")) * 2 != len(numbers):
        raise FormatError("a sparse map has not as many fields as it says")
    return _checked(list(zip(numbers[::2], numbers[1::2], strict=True)), size)


def in_data(next_block: Callable[[], bytes], size: int, header_bytes: int) -> SparseMap:
    """
    Return the map that stands before the data of PAX sparse 1.0, reading only its blocks.

    Raises:
        FormatError: malformed or cut short.
        LimitExceeded: larger than ``header_bytes``.
    """
    text = bytearray()
    lines, count = 0, -1
    while count < 0 or lines < 1 + 2 * count:
        if len(text) > header_bytes:
            raise LimitExceeded(f"a sparse map is over {header_bytes} bytes")
        block = next_block()
        if len(block) < header.BLOCK:
            raise FormatError("the archive ends inside a sparse map")
        text += block
        lines += block.count(b"\n")
        if count < 0 and lines:
            count = pax.integer(bytes(text.partition(b"\n")[0]))
            if not 0 <= count <= header_bytes:
                raise FormatError("a sparse map has an impossible length")
    fields = bytes(text).split(b"\n")[1 : 1 + 2 * count]
    numbers = [pax.integer(field) for field in fields]
    return _checked(list(zip(numbers[::2], numbers[1::2], strict=True)), size)


def _pairs(block: bytes, start: int, count: int) -> list[tuple[int, int]]:
    found = []
    for at in range(start, start + count * _PAIR, _PAIR):
        if not block[at]:
            break
        found.append((header.number(block[at : at + 12]), header.number(block[at + 12 : at + 24])))
    return found


def _checked(pieces: list[tuple[int, int]], size: int) -> SparseMap:
    end = 0
    for offset, length in pieces:
        if length < 0 or offset < end or offset + length > size:
            raise FormatError("a sparse map has pieces that overlap or stand outside the file")
        end = offset + length
    if size < 0:
        raise FormatError("a sparse file has a negative size")
    return SparseMap(tuple(pieces), size)
