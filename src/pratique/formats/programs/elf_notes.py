"""
Read the note in which a distribution says what package an ELF program belongs to.

Source: https://systemd.io/ELF_PACKAGE_METADATA/ (``.note.package``: owner ``FDO``, type 0xcafe1a7e,
JSON). Bounds: ``MAX_NOTE_BYTES`` of one section.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.programs.elf import note_segments
from pratique.formats.programs.layout import Kind, Program, Readable

SECTION = ".note.package"
MAX_NOTE_BYTES = 64 << 10

_OWNER = b"FDO\0"
_TYPE = 0xCAFE1A7E


class PackageNote(Struct, frozen=True, rename="camel"):
    """What the note says; every field may be missing."""

    type: str = ""
    name: str = ""
    version: str = ""
    architecture: str = ""
    os: str = ""
    os_version: str = ""
    os_cpe: str = ""
    vendor: str = ""


def read_package_note(file: Readable, program: Program) -> PackageNote | None:
    """
    Return the package note of a program, None where it has none.

    Raises:
        FormatError: the note is no JSON object.
    """
    if program.kind is not Kind.ELF:
        return None
    own = program.part(SECTION)
    places = (own,) if own else () if program.sectioned else note_segments(file)
    for part in places:
        data = file.read(part.offset, min(part.size, MAX_NOTE_BYTES))
        for owner, kind, text in _notes(data, program):
            if owner == _OWNER and kind == _TYPE:
                return parse_json(text.rstrip(b"\0"), PackageNote)
    return None


def _notes(data: bytes, program: Program) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield owner, type and content of each note; all are padded to 4 bytes."""
    at = 0
    while at + 12 <= len(data):
        owner, size, kind = (program.number(data[at + n : at + n + 4]) for n in (0, 4, 8))
        start = at + 12 + -(-owner // 4) * 4
        yield data[at + 12 : at + 12 + owner], kind, data[start : start + size]
        at = start + -(-size // 4) * 4
