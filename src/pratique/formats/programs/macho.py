"""
Read the headers of Mach-O programs for one processor (macOS).

Universal files, which hold several, are left alone: their magic is also that of Java classes, and
images for Linux have no use for them.
Bounds: ``MAX_COMMANDS_BYTES``, ``MAX_SECTIONS``. Source: ``mach-o/loader.h`` of Apple's XNU.
"""

import struct

from pratique.formats.programs.layout import Kind, Part, Program, Readable, clipped
from pratique.model.errors import FormatError

MAGICS = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
MAX_COMMANDS_BYTES = 1 << 20
MAX_SECTIONS = 2048

_SEGMENT, _SEGMENT_64 = 0x1, 0x19
_WRITE = 2
_MACHINES = {7: "386", 0x01000007: "amd64", 12: "arm", 0x0100000C: "arm64"}
_ZEROED = (1, 12, 18)


def read_macho(file: Readable) -> Program:
    """
    Return the layout of a Mach-O program.

    Raises:
        FormatError: its headers are damaged or lie outside the file.
    """
    head = file.read(0, 32)
    if len(head) < 28 or head[:4] not in MAGICS:
        raise FormatError("a damaged Mach-O header")
    order = ">" if head[0] == 0xFE else "<"
    wide = 0xCF in (head[0], head[3])
    machine, _, _, _, size = struct.unpack_from(f"{order}5I", head, 4)
    if size > MAX_COMMANDS_BYTES:
        raise FormatError("a Mach-O file with more than 1 MiB of load commands")
    commands = file.read(32 if wide else 28, size)
    parts = [
        _part(file, row, order, wide, writable) for row, writable in _rows(commands, order, wide)
    ]
    return Program(
        kind=Kind.MACHO,
        word=8 if wide else 4,
        big_endian=order == ">",
        parts=tuple(parts),
        system="darwin",
        machine=_MACHINES.get(machine, ""),
    )


def _rows(commands: bytes, order: str, wide: bool) -> list[tuple[bytes, bool]]:
    """Return the section headers, each with whether its segment may be written."""
    found: list[tuple[bytes, bool]] = []
    kind, start, row = (_SEGMENT_64, 72, 80) if wide else (_SEGMENT, 56, 68)
    at = 0
    while at + 8 <= len(commands):
        command, size = struct.unpack_from(f"{order}II", commands, at)
        if size < 8:
            raise FormatError("a damaged Mach-O load command")
        if command == kind and at + start <= len(commands):
            rights, count = struct.unpack_from(f"{order}II", commands, at + start - 12)
            for n in range(min(count, (size - start) // row if size > start else 0)):
                where = at + start + n * row
                found.append((commands[where : where + row], bool(rights & _WRITE)))
        if len(found) > MAX_SECTIONS:
            raise FormatError("a Mach-O file with too many sections")
        at += size
    return [(held, writable) for held, writable in found if len(held) == row]


def _part(file: Readable, row: bytes, order: str, wide: bool, writable: bool) -> Part:
    name = row[:16].partition(b"\0")[0].decode("ascii", "replace")
    layout = f"{order}QQI" if wide else f"{order}III"
    address, size, offset = struct.unpack_from(layout, row, 32)
    (flags,) = struct.unpack_from(f"{order}I", row, 64 if wide else 56)
    where = (0, 0) if flags & 0xFF in _ZEROED else clipped(file, offset, size)
    return Part(name, address, *where, writable)
