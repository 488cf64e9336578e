"""
Measure the form of an ELF file: what its headers say of where it starts and what may be run.

``formats.programs.elf`` says where contents lie; this says whether a compiler and linker would have
made it so. Costs the same few reads. Bounds: those of ``elf``.
Source: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html.
"""

import struct

from msgspec import Struct

from pratique.formats.programs.elf import MAGIC, MAX_SECTIONS, MAX_SEGMENTS
from pratique.formats.programs.layout import Readable
from pratique.model.errors import FormatError, LimitExceeded

_LOAD, _INTERPRETER = 1, 3
_RUN, _WRITE = 1, 2
_SECTION_RUN = 4
_OBJECT, _PROGRAM, _SHARED = 1, 2, 3


class Stretch(Struct, frozen=True):
    """One loaded segment, or a section; ``offset`` and ``size`` are of the file, unchecked."""

    address: int
    offset: int
    size: int
    memory: int
    runs: bool
    writable: bool

    def holds(self, address: int) -> bool:
        """Say whether an address lies in it."""
        return self.address <= address < self.address + self.memory


class Shape(Struct, frozen=True):
    """
    The form of a file.

    ``library`` is a shared library (no interpreter asked for), ``linked`` anything that can be
    loaded. ``code`` are the sections that may be run; ``sectioned`` is False where there are none.
    """

    entry: int
    linked: bool
    library: bool
    sectioned: bool
    loads: tuple[Stretch, ...]
    code: tuple[Stretch, ...]


def shape_of(file: Readable) -> Shape:
    """
    Return the form of an ELF file.

    Raises:
        FormatError: its header is damaged, or its tables lie outside the file.
        LimitExceeded: more sections or segments than any real program has.
    """
    head = file.read(0, 64)
    if len(head) < 64 or head[:4] != MAGIC or head[4] not in (1, 2) or head[5] not in (1, 2):
        raise FormatError("a damaged ELF header")
    order, wide = "<" if head[5] == 1 else ">", head[4] == 2
    (kind,) = struct.unpack_from(f"{order}H", head, 16)
    entry, segments, sections = struct.unpack_from(f"{order}{'QQQ' if wide else 'III'}", head, 24)
    # e_phnum, e_shentsize, e_shnum
    counts = struct.unpack_from(f"{order}3H", head, 56 if wide else 44)
    if counts[0] > MAX_SEGMENTS or counts[2] > MAX_SECTIONS:
        raise LimitExceeded("an ELF file with more parts than any real program has")
    kinds, loads = _segments(file, segments, counts[0], (order, wide))
    code = _code(file, sections, counts[2], (order, wide)) if sections else ()
    return Shape(
        entry=entry,
        linked=kind in (_PROGRAM, _SHARED),
        library=kind == _SHARED and _INTERPRETER not in kinds,
        sectioned=bool(sections and counts[2]),
        loads=loads,
        code=code,
    )


def _segments(
    file: Readable, start: int, count: int, form: tuple[str, bool]
) -> tuple[set[int], tuple[Stretch, ...]]:
    order, wide = form
    size = 56 if wide else 32
    table = file.read(start, count * size)
    if len(table) < count * size:
        raise FormatError("the ELF segment headers lie outside the file")
    kinds, loads = set(), []
    for row in struct.iter_unpack(f"{order}{'IIQQQQQQ' if wide else '8I'}", table):
        if wide:
            kind, flags, offset, address, _, length, memory, _ = row
        else:
            kind, offset, address, _, length, memory, flags, _ = row
        kinds.add(kind)
        if kind == _LOAD:
            runs, writable = bool(flags & _RUN), bool(flags & _WRITE)
            loads.append(Stretch(address, offset, length, memory, runs, writable))
    return kinds, tuple(loads)


def _code(file: Readable, start: int, count: int, form: tuple[str, bool]) -> tuple[Stretch, ...]:
    order, wide = form
    size = 64 if wide else 40
    table = file.read(start, count * size)
    if len(table) < count * size:
        raise FormatError("the ELF section headers lie outside the file")
    rows = struct.iter_unpack(f"{order}{'IIQQQQIIQQ' if wide else '10I'}", table)
    return tuple(
        Stretch(row[3], row[4], row[5], row[5], True, bool(row[2] & 1))
        for row in rows
        if row[2] & _SECTION_RUN
    )
