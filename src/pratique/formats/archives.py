"""
Look into an archive of any common kind as its members go by.

Known are zip (jar, wheel, nupkg …), tar, ar (deb), and what gzip, zstd, xz or bzip2 packed: a tar archive
packed so is one archive, anything else has one member. Law: members come in the archive's order;
one is looked at before the next is asked for; what all of them unpack to is at most the ``Budget``.
Sources: APPNOTE.TXT (zip), POSIX pax, ar(5), RFC 1952, RFC 8878, xz file format 1.2.1.
"""

import importlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO, Protocol

from msgspec import Struct

from pratique.formats.compression import inflate
from pratique.formats.tar.walker import TarWalker
from pratique.formats.zip.archive import Budget, ZipArchive
from pratique.formats.zip.archive import Member as ZipMember
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import EntryKind
from pratique.model.paths import decode_path

HEAD_BYTES = 512
_PIECE = 1 << 20
_INPUT = 1 << 18
_TAR_MARK = slice(257, 262)
_AR_MARK = b"!<arch>\n"
_AR_HEAD = 60
_ENCRYPTED = 1


class ArchiveKind(StrEnum):
    """What an archive is, by its first bytes."""

    ZIP = "zip"
    TAR = "tar"
    AR = "ar"
    GZIP = "gzip"
    ZSTD = "zstd"
    XZ = "xz"
    BZIP2 = "bzip2"


_MAGICS = (
    (b"PK\x03\x04", ArchiveKind.ZIP),
    (b"\x1f\x8b\x08", ArchiveKind.GZIP),
    (b"\x28\xb5\x2f\xfd", ArchiveKind.ZSTD),
    (b"\xfd7zXZ\x00", ArchiveKind.XZ),
    (b"BZh", ArchiveKind.BZIP2),
    (_AR_MARK, ArchiveKind.AR),
)
_STARTS = tuple(magic for magic, _ in _MAGICS)
_BY_START = {magic[:2]: kind for magic, kind in _MAGICS}
"""Two bytes tell them apart once one of them is there."""
_CODECS = ("isal.igzip_lib", "zstandard", "lzma", "bz2")
_ENDINGS = (".gz", ".tgz", ".zst", ".xz", ".bz2")


class Member(Protocol):
    """
    One member, to be looked at before the next one is asked for.

    ``name`` is relative and "/"-separated as the archive has it, never joined to a path of the host.
    """

    @property
    def name(self) -> str: ...

    @property
    def size_bytes(self) -> int: ...

    def start(self, most: int, /) -> bytes:
        """Return its first bytes."""

    def content(self, most: int, /) -> bytes:
        """
        Return all of them.

        Raises:
            LimitExceeded: more than ``most``.
        """

    def open(self) -> BinaryIO:
        """Return a seekable file of them."""


def preload() -> None:
    """Import what unpacking takes, before this process may open no more files."""
    for name in _CODECS:
        importlib.import_module(name)


def kind_of(head: bytes) -> ArchiveKind | None:
    """
    Tell what archive a file is from its first 512 bytes; None for anything else.

    >>> str(kind_of(b"PK" + bytes((3, 4)))), kind_of(b"plain text")
    ('zip', None)
    """
    if head.startswith(_STARTS):
        return _BY_START[head[:2]]
    return ArchiveKind.TAR if head[_TAR_MARK] == b"ustar" else None


def members(
    kind: ArchiveKind, file: BinaryIO, name: str, limits: Limits, budget: Budget
) -> Iterator[Member]:
    """
    Yield the members of the archive ``file``, which is called ``name``.

    Raises:
        FormatError: it is damaged, or packed in a way nobody reads.
        LimitExceeded: it unpacks to more than ``budget`` has left.
    """
    match kind:
        case ArchiveKind.ZIP:
            yield from _zip(file, limits, budget)
        case ArchiveKind.TAR:
            yield from _tar(_plain(file), limits, budget)
        case ArchiveKind.AR:
            yield from _ar(file, budget)
        case ArchiveKind.GZIP | ArchiveKind.ZSTD:
            yield from _packed(inflate(file.read, limits), name, limits, budget)
        case ArchiveKind.XZ | ArchiveKind.BZIP2:
            yield from _packed(_unpacked(kind, file, limits), name, limits, budget)


def _zip(file: BinaryIO, limits: Limits, budget: Budget) -> Iterator[Member]:
    archive = ZipArchive(file, limits, budget)
    for one in archive.members():
        if not one.name.endswith("/") and one.size_bytes:
            yield _ZipReading(archive, one)


class _ZipReading:
    """One member of a zip archive: what was unpacked for its start is not unpacked again."""

    def __init__(self, archive: ZipArchive, one: ZipMember) -> None:
        self.name = _relative(one.name)
        self.size_bytes = one.size_bytes
        self._archive = archive
        self._one = one
        self._whole: bytes | None = None
        self._begun: tuple[bytes, Iterator[bytes]] | None = None

    def start(self, most: int) -> bytes:
        self._fit()
        if (whole := self._archive.at_once(self._one)) is not None:
            self._whole = whole
            return whole[:most]
        found, rest = b"", self._archive.pieces(self._one)
        for piece in rest:
            found = found + piece if found else piece
            if len(found) >= most:
                break
        self._begun = found, rest
        return found[:most]

    def content(self, most: int) -> bytes:
        if (whole := self._whole) is not None and len(whole) <= most:
            self._whole = None
            return whole
        self._fit()
        begun, self._begun = self._begun, None
        if begun is None or self._one.size_bytes > most:
            return self._archive.read(self._one, most)
        found, rest = begun
        return b"".join((found, *rest))

    def open(self) -> BinaryIO:
        self._fit()
        return self._archive.open(self._one)

    def _fit(self) -> None:
        if self._one.flags & _ENCRYPTED:
            raise FormatError("it is encrypted")


def _tar(pieces: Iterator[bytes], limits: Limits, budget: Budget) -> Iterator[Member]:
    walker = TarWalker(pieces, limits)
    while (entry := walker.next_entry()) is not None:
        if entry.kind is EntryKind.FILE and entry.size_bytes:
            budget.spend(entry.size_bytes)
            yield _streamed(entry.path, entry.size_bytes, walker.head, walker.body)


def _ar(file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Yield the members of an ar archive as deb packages are; long names stay numbers."""
    at = len(_AR_MARK)
    while True:
        file.seek(at)
        head = file.read(_AR_HEAD)
        if not head:
            return
        digits = head[48:58].strip()
        if len(head) < _AR_HEAD or head[58:] != b"`\n" or not digits.isdigit():
            raise FormatError("the ar archive is damaged")
        size = int(digits)
        at += _AR_HEAD
        budget.spend(size)
        name = decode_path(head[:16].rstrip().rstrip(b"/"))
        if size:
            yield _at(file, name, at, size)
        at += size + size % 2


def _at(file: BinaryIO, name: str, at: int, size: int) -> Member:
    def start(most: int) -> bytes:
        file.seek(at)
        return file.read(min(most, size))

    return _streamed(name, size, start, lambda: start(size))


def _packed(pieces: Iterator[bytes], name: str, limits: Limits, budget: Budget) -> Iterator[Member]:
    """Yield what one packed stream holds: the members of a tar archive, or itself."""
    first = b""
    for piece in pieces:
        first += piece
        if len(first) >= HEAD_BYTES:
            break
    if kind_of(first) is ArchiveKind.TAR:
        yield from _tar(_chained(first, pieces), limits, budget)
        return
    if not first:
        return
    whole = bytearray(first)
    budget.spend(len(first))
    complete = True
    for piece in pieces:
        budget.spend(len(piece))
        if len(whole) + len(piece) > limits.unit_memory_bytes:
            complete = False
            break
        whole += piece
    if not complete:
        raise LimitExceeded(f"it unpacks to more than {limits.unit_memory_bytes} bytes")
    yield _streamed(_stem(name), len(whole), lambda most: bytes(whole[:most]), lambda: whole)


class _Streamed(Struct, frozen=True):
    """A member that goes by."""

    name: str
    size_bytes: int
    start: Callable[[int], bytes]
    content: Callable[[int], bytes]
    open: Callable[[], BinaryIO]


class _Body(Protocol):
    def __call__(self) -> bytes | bytearray: ...


def _streamed(name: str, size: int, start: Callable[[int], bytes], body: _Body) -> Member:
    def content(most: int) -> bytes:
        if size > most:
            raise LimitExceeded(f"a member of {size} bytes, more than {most}")
        return bytes(body())

    # Only zip members can be read without being held.
    return _Streamed(_relative(name), size, start, content, lambda: BytesIO(content(_MOST_HELD)))


_MOST_HELD = 16 << 20


def _plain(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def _unpacked(kind: ArchiveKind, file: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """Unpack an xz or bzip2 stream, several one behind the other included."""
    import bz2  # rare in images
    import lzma

    def made() -> _Decompressor:
        if kind is ArchiveKind.BZIP2:
            return bz2.BZ2Decompressor()
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=limits.zstd_window_bytes)

    file.seek(0)
    unpacker, fed = made(), b""
    try:
        while True:
            if unpacker.eof:
                fed = unpacker.unused_data or file.read(_INPUT)
                if not fed.strip(b"\0"):
                    return
                unpacker = made()
            elif unpacker.needs_input:
                fed = file.read(_INPUT)
                if not fed:
                    raise FormatError(f"the {kind} stream is cut short")
            else:
                fed = b""
            if piece := unpacker.decompress(fed, _PIECE):
                yield piece
    except (lzma.LZMAError, OSError, EOFError) as error:
        raise FormatError(f"the {kind} stream is damaged: {error}") from None


def _relative(name: str) -> str:
    """
    Return a member's name without what would make it absolute.

    >>> _relative("/./a//b")
    'a//b'
    """
    while name.startswith(("/", "./")):
        name = name[1:] if name.startswith("/") else name[2:]
    return name


def _stem(name: str) -> str:
    """
    Return what a packed file is called once it is unpacked.

    >>> _stem("dump.sql.gz"), _stem("strange")
    ('dump.sql', 'strange')
    """
    name = name.rpartition("/")[2]
    for ending in _ENDINGS:
        if name.endswith(ending) and name != ending:
            return name.removesuffix(ending)
    return name
