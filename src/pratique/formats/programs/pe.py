"""
Read the headers of PE programs (Windows, .NET).

A file that begins with ``MZ`` and has no PE header is none (DOS programs, chance text).
Bounds: ``MAX_SECTIONS``. Source: https://learn.microsoft.com/windows/win32/debug/pe-format.
"""

import struct

from pratique.formats.programs.layout import Kind, Part, Program, Readable, clipped
from pratique.model.errors import FormatError

MAGIC = b"MZ"
MAX_SECTIONS = 512

_WIDE, _NARROW = 0x20B, 0x10B
_WRITE = 0x80000000
_MACHINES = {0x14C: "386", 0x8664: "amd64", 0x1C4: "arm", 0xAA64: "arm64"}


def read_pe(file: Readable) -> Program | None:
    """
    Return the layout of a PE program, None for what only begins like one.

    Raises:
        FormatError: its headers are damaged or lie outside the file.
    """
    dos = file.read(0, 64)
    if len(dos) < 64:
        return None
    (start,) = struct.unpack_from("<I", dos, 60)
    head = file.read(start, 24 + 32)
    if head[:4] != b"PE\0\0":
        return None
    if len(head) < 24 + 32:
        raise FormatError("a damaged PE header")
    machine, count = struct.unpack_from("<HH", head, 4)
    optional, characteristics = struct.unpack_from("<HH", head, 20)
    (magic,) = struct.unpack_from("<H", head, 24)
    if magic not in (_WIDE, _NARROW) or not characteristics & 2 or count > MAX_SECTIONS:
        raise FormatError("a damaged PE header")
    wide = magic == _WIDE
    (base,) = struct.unpack_from("<Q" if wide else "<I", head, 24 + (24 if wide else 28))
    table = file.read(start + 24 + optional, count * 40)
    if len(table) < count * 40:
        raise FormatError("the PE section headers lie outside the file")
    return Program(
        kind=Kind.PE,
        word=8 if wide else 4,
        big_endian=False,
        parts=tuple(_part(file, table[at : at + 40], base) for at in range(0, len(table), 40)),
        system="windows",
        machine=_MACHINES.get(machine, ""),
    )


def _part(file: Readable, row: bytes, base: int) -> Part:
    name = row[:8].partition(b"\0")[0].decode("ascii", "replace")
    length, address, size, offset = struct.unpack_from("<4I", row, 8)
    (flags,) = struct.unpack_from("<I", row, 36)
    # What lies on disk is rounded up; the true length is the smaller of the two.
    held = min(size, length) if length else size
    return Part(name, base + address, *clipped(file, offset, held), bool(flags & _WRITE))
