"""
Recognise a program by its first bytes and read its layout.
"""

from pratique.formats.programs import elf, macho, pe
from pratique.formats.programs.layout import Program, Readable

MAGICS = (elf.MAGIC, pe.MAGIC, *macho.MAGICS)
"""What a file must start with to be looked at."""


def read_program(file: Readable) -> Program | None:
    """
    Return the layout of a program, None for what is none (object files, chance text).

    Raises:
        FormatError: its headers are damaged or lie outside the file.
        LimitExceeded: it has more sections than any real program.
    """
    if not _last or _last[0][0] is not file:
        _last[:] = [(file, _read(file))]
    return _last[0][1]


_last: list[tuple[Readable, Program | None]] = []
"""The file asked for last, as several units ask for the layout of one file in a row."""


def _read(file: Readable) -> Program | None:
    head = file.read(0, 4)
    if head == elf.MAGIC:
        return elf.read_elf(file)
    if head[:2] == pe.MAGIC:
        return pe.read_pe(file)
    if head in macho.MAGICS:
        return macho.read_macho(file)
    return None
