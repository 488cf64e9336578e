"""
Read the headers of ELF programs and shared libraries.

Costs three small reads: the header, the section headers, the names of sections. Object files
(``.o``, kernel modules) and core dumps are no programs.
Bounds: ``MAX_SECTIONS``, ``MAX_SEGMENTS``, ``MAX_NAMES_BYTES``.
Source: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html.
"""

import struct

from msgspec import Struct

from pratique.formats.programs.layout import Kind, Part, Program, Readable, clipped
from pratique.model.errors import FormatError, LimitExceeded

MAGIC = b"\x7fELF"
MAX_SECTIONS = 8192
MAX_SEGMENTS = 512
MAX_NAMES_BYTES = 1 << 20

_PROGRAMS = (2, 3)
"""ET_EXEC, ET_DYN."""
_SECTION = {True: "IIQQQQIIQQ", False: "IIIIIIIIII"}
_NOBITS = 8
_LOAD, _NOTE = 1, 4
_WRITE = {"section": 1, "segment": 2}
_SYSTEMS = {0: "linux", 2: "netbsd", 3: "linux", 6: "solaris", 9: "freebsd", 12: "openbsd"}
_MACHINES = {
    3: "386",
    8: "mips",
    20: "ppc",
    21: "ppc64",
    22: "s390x",
    40: "arm",
    62: "amd64",
    183: "arm64",
    243: "riscv64",
    258: "loong64",
}
_LITTLE = {"mips": "mipsle", "ppc64": "ppc64le"}


class _Header(Struct, frozen=True):
    order: str
    wide: bool
    segments: int
    sections: int
    segment_count: int
    section_count: int
    names: int


def read_elf(file: Readable) -> Program | None:
    """
    Return the layout of an ELF program, None for object files and core dumps.

    Raises:
        FormatError: its headers are damaged or lie outside the file.
        LimitExceeded: more sections or segments than any real program has.
    """
    head = file.read(0, 64)
    if len(head) < 52 or head[4] not in (1, 2) or head[5] not in (1, 2):
        raise FormatError("a damaged ELF header")
    order, wide = "<" if head[5] == 1 else ">", head[4] == 2
    if wide and len(head) < 64:
        raise FormatError("a damaged ELF header")
    kind, machine = struct.unpack_from(f"{order}HH", head, 16)
    if kind not in _PROGRAMS:
        return None
    header = _header(head, order, wide)
    parts = _sections(file, header)
    sectioned = bool(parts)
    name = _MACHINES.get(machine, "")
    if name == "mips" and wide:
        name = "mips64"
    if order == "<":
        name = {"mips64": "mips64le"}.get(name, _LITTLE.get(name, name))
    return Program(
        kind=Kind.ELF,
        word=8 if wide else 4,
        big_endian=order == ">",
        parts=parts or _segments(file, header, _LOAD),
        system=_SYSTEMS.get(head[7], ""),
        machine=name,
        sectioned=sectioned,
    )


def note_segments(file: Readable) -> tuple[Part, ...]:
    """
    Return the segments that hold notes; for programs whose section headers were taken away.

    Raises:
        FormatError: as ``read_elf``.
    """
    head = file.read(0, 64)
    order, wide = "<" if head[5] == 1 else ">", head[4] == 2
    return _segments(file, _header(head, order, wide), _NOTE)


def _header(head: bytes, order: str, wide: bool) -> _Header:
    segments, sections = struct.unpack_from(
        f"{order}{'QQ' if wide else 'II'}", head, 32 if wide else 28
    )
    counts = struct.unpack_from(f"{order}4H", head, 56 if wide else 44)
    # e_phnum, e_shentsize, e_shnum, e_shstrndx
    return _Header(order, wide, segments, sections, counts[0], counts[2], counts[3])


def _sections(file: Readable, header: _Header) -> tuple[Part, ...]:
    if not header.sections:
        return ()
    size = 64 if header.wide else 40
    count, names = header.section_count, header.names
    if not count or names == 0xFFFF:
        # More than fit into 16 bits: the numbers are in the first section.
        first = _section(file.read(header.sections, size), header)
        count, names = count or first[5], first[6] if names == 0xFFFF else names
    if count > MAX_SECTIONS:
        raise LimitExceeded(f"an ELF file with {count} sections")
    table = file.read(header.sections, count * size)
    if len(table) < count * size:
        raise FormatError("the ELF section headers lie outside the file")
    rows = list(struct.iter_unpack(header.order + _SECTION[header.wide], table))
    text = _names(file, rows[names]) if names < len(rows) else b""
    return tuple(_part(file, row, text) for row in rows if row[1])


def _section(row: bytes, header: _Header) -> tuple[int, ...]:
    """Return name, type, flags, address, offset, size, link, info, alignment, size of an entry."""
    layout = header.order + _SECTION[header.wide]
    if len(row) < struct.calcsize(layout):
        raise FormatError("the ELF section headers lie outside the file")
    return struct.unpack(layout, row)


def _names(file: Readable, row: tuple[int, ...]) -> bytes:
    if row[5] > MAX_NAMES_BYTES:
        raise LimitExceeded("an ELF file with more than 1 MiB of section names")
    return file.read(row[4], row[5]) if row[4] < file.size_bytes else b""


def _part(file: Readable, row: tuple[int, ...], names: bytes) -> Part:
    start, kind, flags, address, offset, size = row[:6]
    name = names[start : start + 64].partition(b"\0")[0].decode("ascii", "replace")
    offset, size = (0, 0) if kind == _NOBITS else clipped(file, offset, size)
    return Part(name, address, offset, size, bool(flags & _WRITE["section"]))


def _segments(file: Readable, header: _Header, wanted: int) -> tuple[Part, ...]:
    if header.segment_count > MAX_SEGMENTS:
        raise LimitExceeded(f"an ELF file with {header.segment_count} segments")
    size = 56 if header.wide else 32
    table = file.read(header.segments, header.segment_count * size)
    found = []
    for at in range(0, len(table) - size + 1, size):
        kind, flags, offset, address, length = _segment(table, at, header)
        if kind == wanted:
            where = clipped(file, offset, length)
            found.append(Part("", address, *where, bool(flags & _WRITE["segment"])))
    return tuple(found)


def _segment(table: bytes, at: int, header: _Header) -> tuple[int, int, int, int, int]:
    if header.wide:
        kind, flags, offset, address, _, length = struct.unpack_from(
            f"{header.order}IIQQQQ", table, at
        )
    else:
        kind, offset, address, _, length, _, flags = struct.unpack_from(
            f"{header.order}7I", table, at
        )
    return kind, flags, offset, address, length
