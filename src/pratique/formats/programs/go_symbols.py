"""
List the functions in a Go program by its table of program counters and lines.

The table (``pclntab``) serves tracebacks, so it is there in stripped programs too, and names
functions that the compiler inlined as well as those the linker kept.

Laws: every function in the program is listed; of tables before Go 1.16, which have no list of
names, everything in the table that looks like a name is taken, which may list too many and never
too few. ``split_name`` gives names as Go advisories write them: ``import/path`` and ``Function`` or
``Type.Method``; the functions inside a function count as that function.
Bounds: ``MAX_TABLE_BYTES``, ``MAX_FUNCTIONS``, ``MAX_SEARCH_BYTES``.
Source: ``debug/gosym`` and ``cmd/link/internal/ld/pcln.go`` of Go 1.15, 1.17, 1.19 and 1.26;
https://golang.org/s/go12symtab.
"""

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import unquote

from pratique.formats.programs.layout import Part, Program, Readable, chunks
from pratique.model.errors import FormatError, LimitExceeded

MAX_TABLE_BYTES = 256 << 20
MAX_FUNCTIONS = 1_000_000
MAX_NAME_BYTES = 1 << 16
MAX_SEARCH_BYTES = 512 << 20

_SECTIONS = (".gopclntab", "__gopclntab", ".data.rel.ro.gopclntab")
_MERGED = (".data.rel.ro", ".rodata", ".rdata", ".text", "__rodata", "__const")
"""Sections that other linkers, and Windows, put the table into."""
_V12, _V116, _V118, _V120 = 0xFFFFFFFB, 0xFFFFFFFA, 0xFFFFFFF0, 0xFFFFFFF1
_NAMES = {_V116: (2, 3), _V118: (3, 4), _V120: (3, 4)}
"""Which words of the header say where the names begin and end."""
_TABLE = re.compile(rb"[\xfb\xfa\xf0\xf1]\xff\xff\xff\0\0[\x01\x02\x04][\x04\x08]")
_TABLE_BIG = re.compile(rb"\xff\xff\xff[\xfb\xfa\xf0\xf1]\0\0[\x01\x02\x04][\x04\x08]")
_TEXT = re.compile(rb"[^\0-\x1f\x7f]{3,}")
_CLOSURE = re.compile(r"func[0-9]+|gowrap[0-9]*|deferwrap[0-9]*|[0-9]+|")


def read_functions(file: Readable, program: Program) -> Iterator[str] | None:
    """
    Yield the names of all functions as the linker wrote them, None where there is no table.

    Raises:
        FormatError: the table is damaged.
        LimitExceeded: it is larger than any real program's.
    """
    found = _table(file, program)
    if found is None:
        return None
    part, header = found
    magic = int.from_bytes(header[:4], "big" if program.big_endian else "little")
    if magic == _V12:
        return _scanned(file, part, program)
    word = header[7]
    first, last = _NAMES[magic]
    begin, end = (program.number(header[8 + n * word : 8 + (n + 1) * word]) for n in (first, last))
    if not 8 <= begin <= end <= part.size:
        raise FormatError("a damaged table of Go functions")
    if end - begin > MAX_TABLE_BYTES:
        raise LimitExceeded("a Go program with more than 256 MiB of function names")
    return _listed(file, part.offset + begin, end - begin)


def split_name(name: str) -> tuple[str, str] | None:
    """
    Return the import path and the function of a linker's name, None for what has no package.

    >>> split_name("golang.org/x/text/language.(*parser).scan.func1")
    ('golang.org/x/text/language', 'parser.scan')
    >>> split_name("gopkg.in/yaml%2ev3.Unmarshal"), split_name("slices.SortFunc[...].func2")
    (('gopkg.in/yaml.v3', 'Unmarshal'), ('slices', 'SortFunc'))
    >>> split_name("type:.eq.main.T"), split_name("_cgo_init")
    (None, None)
    """
    if name.startswith(("type:", "type..", "go:", "go.", "_cgo")):
        return None
    opening = name.find("[")
    closing = name.rfind("]")
    if 0 <= opening < closing:
        name = name[:opening] + name[closing + 1 :]
    start = name.rfind("/") + 1
    dot = name.find(".", start)
    if dot < 0:
        return None
    package, rest = name[:dot], name[dot + 1 :]
    if "%" in package:
        package = unquote(package)
    return package, _function(rest)


def symbol_hash(path: str, function: str) -> bytes:
    """
    Return the 4 bytes that stand for a function in ``Linked.symbols``.

    >>> symbol_hash("net/http", "Get").hex()
    'f7724051'
    """
    return hashlib.sha256(f"{path}.{function}".encode("utf-8", "replace")).digest()[:4]


def _function(rest: str) -> str:
    """Return ``Function`` or ``Type.Method`` of what follows the package."""
    rest = rest.removesuffix("-fm").removesuffix("·f").partition("-range")[0]
    if rest.startswith("(*"):
        receiver, _, method = rest[2:].partition(").")
        return f"{receiver}.{method.partition('.')[0]}"
    head, _, tail = rest.partition(".")
    second = tail.partition(".")[0]
    return head if _CLOSURE.fullmatch(second) else f"{head}.{second}"


def _table(file: Readable, program: Program) -> tuple[Part, bytes] | None:
    own = program.part(*_SECTIONS)
    if own is not None:
        header = file.read(own.offset, 8 + 8 * 8)
        if _pattern(program).match(header) is None:
            raise FormatError("a table of Go functions of an unknown form")
        return own, header
    budget = MAX_SEARCH_BYTES
    for part in _merged(program):
        size = min(part.size, budget)
        budget -= size
        found = _search(file, program, part, size)
        if found is not None:
            return found
    return None


def _merged(program: Program) -> list[Part]:
    """Return where a table without a section of its own may be, the likeliest first."""
    if not program.sectioned:
        return [part for part in program.parts if part.size]
    named = [part for part in program.parts if part.size and part.name in _MERGED]
    return sorted(named, key=lambda part: _MERGED.index(part.name))


def _pattern(program: Program) -> re.Pattern[bytes]:
    return _TABLE_BIG if program.big_endian else _TABLE


def _search(file: Readable, program: Program, part: Part, size: int) -> tuple[Part, bytes] | None:
    for offset, data in chunks(file, part.offset, size, 80):
        for match in _pattern(program).finditer(data):
            at = offset + match.start()
            if data[match.start() + 7] != program.word or (at - part.offset + part.address) % 8:
                continue
            rest = part.offset + part.size - at
            table = Part(part.name, 0, at, rest)
            header = file.read(at, 8 + 8 * 8)
            if _plausible(program, header, rest):
                return table, header
    return None


def _plausible(program: Program, header: bytes, size: int) -> bool:
    magic = program.number(header[:4])
    word = header[7]
    count = program.number(header[8 : 8 + word])
    if not 0 < count <= MAX_FUNCTIONS:
        return False
    if magic == _V12:
        return True
    first, last = _NAMES[magic]
    begin, end = (program.number(header[8 + n * word : 8 + (n + 1) * word]) for n in (first, last))
    return 8 <= begin < end <= size


def _listed(file: Readable, offset: int, size: int) -> Iterator[str]:
    """Yield names that end in NUL, one after the other."""
    rest = b""
    count = 0
    for _, data in chunks(file, offset, size):
        *names, rest = (rest + data).split(b"\0")
        if len(rest) > MAX_NAME_BYTES:
            raise FormatError("a damaged table of Go functions")
        count += len(names)
        if count > MAX_FUNCTIONS:
            raise LimitExceeded("a Go program of more than 1,000,000 functions")
        for name in names:
            if name:
                yield name.decode("utf-8", "replace")


def _scanned(file: Readable, part: Part, program: Program) -> Iterator[str]:
    """
    Yield all text in a table that could be a name.

    Before a name may stand an address; where its last bytes may be printable (those of 64 bits of
    little endian are zeros), the name without its first letters counts too.
    """
    if part.size > MAX_TABLE_BYTES:
        raise LimitExceeded("a Go program with more than 256 MiB of function names")
    starts = range(1 if program.word == 8 and not program.big_endian else program.word)
    count = 0
    for _, data in chunks(file, part.offset, part.size, MAX_NAME_BYTES):
        for match in _TEXT.finditer(data):
            text = match[0]
            if b"." not in text:
                continue
            if len(text) > MAX_NAME_BYTES:
                raise FormatError("a damaged table of Go functions")
            name = text.decode("utf-8", "replace")
            count += 1
            if count > MAX_FUNCTIONS:
                raise LimitExceeded("a Go program of more than 1,000,000 functions")
            # The table names the source files too; no function is called ``go``.
            if not name.endswith(".go"):
                yield from (name[n:] for n in starts if name[n : n + 1].isalpha())
