"""
Read the crates that ``cargo auditable`` recorded in a program.

They stand as JSON under zlib in a section ``.dep-v0`` of ELF, PE and Mach-O programs.
Law: what is inflated stops at ``MAX_JSON_BYTES``, whatever the section promises.
Source: https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md and
``cargo-auditable.schema.json``.
"""

import zlib

from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.programs.layout import Program, Readable
from pratique.model.errors import FormatError, LimitExceeded

SECTION = ".dep-v0"
MAX_PACKED_BYTES = 8 << 20
MAX_JSON_BYTES = 16 << 20


class Crate(Struct, frozen=True):
    """
    One crate. ``source`` is ``crates.io``, ``git``, ``local``, ``registry`` or anything else;
    ``kind`` is ``build`` for what only build scripts and macros needed. ``dependencies`` are
    positions in the list.
    """

    name: str
    version: str
    source: str = ""
    kind: str = "runtime"
    dependencies: tuple[int, ...] = ()
    root: bool = False


class _Audit(Struct, frozen=True):
    packages: tuple[Crate, ...]


def read_crates(file: Readable, program: Program) -> tuple[Crate, ...]:
    """
    Return the recorded crates, none where the program records none.

    Raises:
        FormatError: the record is damaged.
        LimitExceeded: it is larger than any real program's.
    """
    part = program.part(SECTION)
    if part is None:
        return ()
    if part.size > MAX_PACKED_BYTES:
        raise LimitExceeded("an audit record of more than 8 MiB")
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(file.read(part.offset, part.size), MAX_JSON_BYTES)
    except zlib.error as error:
        raise FormatError(f"a damaged audit record: {error}") from None
    if inflate.unconsumed_tail:
        raise LimitExceeded("an audit record of more than 16 MiB of JSON")
    if not inflate.eof:
        raise FormatError("an audit record that breaks off")
    return parse_json(content, _Audit).packages
