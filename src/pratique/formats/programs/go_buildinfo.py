"""
Read what the Go linker wrote into a program about its build: toolchain, modules, settings.

Two forms: since Go 1.18 the texts stand behind the header; before, the header has two pointers to
Go strings, of the program's word size and byte order.
Law: the header stands at a multiple of 16 in its own section, or (PE, or without section headers)
in the writable data; nothing else of the program is read.
Bounds: ``MAX_TEXT_BYTES``, ``MAX_MODULES``, ``MAX_SEARCH_BYTES``.
Source: ``debug/buildinfo`` and ``runtime/debug`` (``ParseBuildInfo``) of Go's standard library.
"""

import json

from msgspec import Struct

from pratique.formats.programs.layout import Kind, Part, Program, Readable, chunks, read_at
from pratique.model.errors import FormatError, LimitExceeded

MAGIC = b"\xff Go buildinf:"
MAX_TEXT_BYTES = 4 << 20
MAX_MODULES = 20_000
MAX_SEARCH_BYTES = 64 << 20

_SECTIONS = (".go.buildinfo", "__go_buildinfo")
_HEADER = 32
_ALIGN = 16
_INLINE, _BIG = 2, 1


class Module(Struct, frozen=True):
    """One module; ``replaced`` is what the program was built with in its place."""

    path: str
    version: str
    replaced: "Module | None" = None


class BuildInfo(Struct, frozen=True):
    """
    What one program says of its build.

    ``go`` is the toolchain's version as it calls itself (``go1.21.5``). ``path`` is the import path
    of package main. ``main`` is None where the program was built without modules.
    """

    go: str
    path: str = ""
    main: Module | None = None
    deps: tuple[Module, ...] = ()
    settings: dict[str, str] = {}


def read_buildinfo(file: Readable, program: Program) -> BuildInfo | None:
    """
    Return the build information of a program, None where it is no Go program since 1.13.

    Raises:
        FormatError: it is damaged.
        LimitExceeded: it is larger than any real program's.
    """
    found = _header(file, program)
    if found is None:
        return None
    part, at, header = found
    if header[15] & _INLINE:
        go, after = _inline(file, part, at + _HEADER)
        text, _ = _inline(file, part, after)
    else:
        go, text = _pointed(file, program, header)
    if not go:
        raise FormatError("Go build information without the toolchain's version")
    return _parsed(go.decode("utf-8", "replace"), _unframed(text).decode("utf-8", "replace"))


def _header(file: Readable, program: Program) -> tuple[Part, int, bytes] | None:
    own = program.part(*_SECTIONS)
    if own is not None:
        places = [own]
    elif program.kind is Kind.PE or not program.sectioned:
        places = [part for part in program.parts if part.writable and part.size]
    else:
        return None
    budget = MAX_SEARCH_BYTES
    for part in places:
        size = min(part.size, budget)
        budget -= size
        at = _search(file, part, size)
        if at is not None:
            header = file.read(at, _HEADER)
            return (part, at, header) if len(header) == _HEADER else None
    return None


def _search(file: Readable, part: Part, size: int) -> int | None:
    skip = -part.address % _ALIGN
    for offset, data in chunks(file, part.offset + skip, size - skip):
        found = data.find(MAGIC)
        while found >= 0:
            if found % _ALIGN == 0:
                return offset + found
            found = data.find(MAGIC, found + 1)
    return None


def _inline(file: Readable, part: Part, at: int) -> tuple[bytes, int]:
    """Return a text that stands behind its length, and where it ends."""
    end = part.offset + part.size
    length = shift = 0
    for n, byte in enumerate(file.read(at, min(10, max(end - at, 0)))):
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return _text(file, at + n + 1, length, end), at + n + 1 + length
    raise FormatError("damaged Go build information")


def _text(file: Readable, at: int, length: int, end: int) -> bytes:
    if length > MAX_TEXT_BYTES:
        raise LimitExceeded("Go build information of more than 4 MiB")
    if at + length > end:
        raise FormatError("damaged Go build information")
    return file.read(at, length)


def _pointed(file: Readable, program: Program, header: bytes) -> tuple[bytes, bytes]:
    size, order = header[14], "big" if header[15] & _BIG else "little"
    if size not in (4, 8):
        raise FormatError("damaged Go build information")
    texts = []
    for at in (16, 16 + size):
        where = int.from_bytes(header[at : at + size], "big" if order == "big" else "little")
        string = read_at(file, program, where, 2 * size) if where else b""
        if len(string) < 2 * size:
            texts.append(b"")
            continue
        address = int.from_bytes(string[:size], "big" if order == "big" else "little")
        length = int.from_bytes(string[size:], "big" if order == "big" else "little")
        if length > MAX_TEXT_BYTES:
            raise LimitExceeded("Go build information of more than 4 MiB")
        texts.append(read_at(file, program, address, length))
    return texts[0], texts[1]


def _unframed(text: bytes) -> bytes:
    """Return the module text without the 16 bytes that mark it on either side."""
    return text[16:-16] if len(text) >= 33 and text[-17:-16] == b"\n" else b""


def _parsed(go: str, text: str) -> BuildInfo:
    path, main = "", None
    deps: list[Module] = []
    settings: dict[str, str] = {}
    last: str = ""
    for line in text.split("\n"):
        word, _, rest = line.partition("\t")
        fields = rest.split("\t")
        if word == "path":
            path = rest
        elif word == "mod" and len(fields) >= 2:
            main, last = Module(fields[0], fields[1]), word
        elif word == "dep" and len(fields) >= 2:
            deps.append(Module(fields[0], fields[1]))
            last = word
        elif word == "=>" and len(fields) >= 2:
            new = Module(fields[0], fields[1])
            if last == "mod" and main:
                main = Module(main.path, main.version, new)
            elif deps:
                deps[-1] = Module(deps[-1].path, deps[-1].version, new)
        elif word == "build":
            key, _, value = rest.partition("=")
            settings[_plain(key)] = _plain(value)
        if len(deps) > MAX_MODULES or len(settings) > MAX_MODULES:
            raise LimitExceeded("a Go program of more than 20,000 modules")
    return BuildInfo(go, path, main, tuple(deps), settings)


def _plain(text: str) -> str:
    """
    Return a key or value without the quotes that Go puts around unusual ones.

    >>> _plain('"-s -w"'), _plain("CGO_ENABLED")
    ('-s -w', 'CGO_ENABLED')
    """
    if len(text) < 2 or text[0] not in '"`' or text[-1] != text[0]:
        return text
    if text[0] == "`":
        return text[1:-1]
    try:
        found = json.loads(text)
    except ValueError:
        return text[1:-1]
    return found if isinstance(found, str) else text
