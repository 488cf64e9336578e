"""
Read a zip archive, bounded in everything an archive can lie about.

Law: nothing is unpacked that was not asked for; the caller says how much of a member it takes; what
all reading of one archive and of those inside it unpacks together is at most its ``Budget``.
One damaged member fails alone.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

from pratique.formats.zip.directory import Member, find_directory, read_at, walk
from pratique.formats.zip.inflate import STORED, at_once, data_offset, pieces
from pratique.formats.zip.nested import Stretch, Unpacking
from pratique.formats.zip.oddities import Oddity, oddities_of
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

__all__ = ["Budget", "Member", "ZipArchive", "is_zip"]

_DIRECTORY_WEIGHT = 4
"""Walking a directory costs more than unpacking as many bytes."""
_RATIO_FLOOR = 1 << 20
_IN_MEMORY_BYTES = 8 << 20


class Budget:
    """
    Count what one outer archive makes us do, its inner archives included.

    >>> Budget(10).spend(11)
    Traceback (most recent call last):
    pratique.model.errors.LimitExceeded: more than 10 unpacked bytes (archive_bytes) in one archive
    """

    def __init__(self, most: int, what: str = "unpacked bytes (archive_bytes)") -> None:
        self._most = self._left = most
        self._what = what

    def __str__(self) -> str:
        return f"more than {self._most} {self._what} in one archive"

    @property
    def is_spent(self) -> bool:
        """Return whether more was asked for than there was."""
        return self._left < 0

    def spend(self, count: int) -> None:
        """
        Take ``count`` from what is left.

        Raises:
            LimitExceeded: nothing is left.
        """
        self._left -= count
        if self._left < 0:
            raise LimitExceeded(str(self))


class ZipArchive:
    """
    One archive over a seekable file.

    Raises:
        FormatError: the file is no zip archive, or its end is damaged.
        LimitExceeded: its directory is too large.
    """

    def __init__(
        self, file: BinaryIO, limits: Limits = DEFAULT, budget: Budget | None = None
    ) -> None:
        self._file = file
        self._limits = limits
        self._budget = budget or Budget(limits.archive_bytes)
        self._directory = find_directory(file, limits)
        self._budget.spend(_DIRECTORY_WEIGHT * len(self._directory.content))

    def members(self, wanted: Callable[[bytes], object] | None = None) -> tuple[Member, ...]:
        """
        Return the members in the directory's order; with ``wanted`` those whose raw name it takes.

        Raises:
            FormatError: the directory is damaged.
            LimitExceeded: more than ``Limits.zip_entries`` entries.
        """
        return tuple(walk(self._directory, self._limits, wanted))

    def read(self, member: Member, most: int) -> bytes:
        """
        Return the content of a member.

        Raises:
            FormatError: it is encrypted, packed by an unknown method or damaged.
            LimitExceeded: it is larger than ``most`` bytes, or too much was unpacked already.
        """
        if member.size_bytes > most:
            raise LimitExceeded(f"a member of {member.size_bytes} bytes, more than {most}")
        return b"".join(self.pieces(member))

    def pieces(self, member: Member) -> Iterator[bytes]:
        """
        Yield the content of a member in pieces; the checksum is compared behind the last one.

        Raises:
            FormatError: as for ``read``.
            LimitExceeded: too much was unpacked already.
        """
        for piece in pieces(self._file, member):
            self._budget.spend(len(piece))
            yield piece

    def at_once(self, member: Member) -> bytes | None:
        """
        Return the content of a small member; None where ``pieces`` is to be asked.

        Raises:
            LimitExceeded: too much was unpacked already.
        """
        content = at_once(self._file, member)
        if content is not None:
            self._budget.spend(len(content))
        return content

    def start(self, member: Member, most: int) -> bytes:
        """
        Return the first ``most`` bytes of a member, unchecked against its checksum where it is longer.

        Raises:
            FormatError: as for ``read``.
            LimitExceeded: too much was unpacked already.
        """
        found = bytearray()
        for piece in self.pieces(member):
            found += piece
            if len(found) >= most:
                break
        return bytes(found[:most])

    def open(self, member: Member) -> BinaryIO:
        """
        Return a member as a seekable file, for an archive in the archive.

        A stored member is read where it lies, without its checksum; a deflated one of up to 8 MiB
        is unpacked into memory, a larger one whenever it is read.

        Raises:
            FormatError: as for ``read``.
            LimitExceeded: it unpacks to more than ``Limits.inflate_ratio`` times its bytes.
        """
        if member.method == STORED:
            at = data_offset(self._file, member)
            if member.size_bytes != member.packed_bytes:
                raise FormatError("a stored member has two sizes")
            return Stretch.of(self._file, at, member.size_bytes)
        ceiling = max(member.packed_bytes * self._limits.inflate_ratio, _RATIO_FLOOR)
        if member.size_bytes > ceiling:
            raise LimitExceeded(
                f"a member unpacks to more than {self._limits.inflate_ratio} times its bytes "
                "(inflate_ratio)"
            )
        if member.size_bytes <= _IN_MEMORY_BYTES:
            return BytesIO(b"".join(self.pieces(member)))
        unpacking = Unpacking(lambda: self.pieces(member), member.size_bytes)
        return unpacking  # type: ignore[return-value]  # a RawIOBase serves as BinaryIO here

    @property
    def oddities(self) -> tuple[Oddity, ...]:
        """Return what in the file contradicts its central directory; looks at every member."""
        return oddities_of(self._file, self._directory, self._limits)


def is_zip(file: BinaryIO) -> bool:
    """
    Return whether a file starts as a zip archive does.

    >>> is_zip(BytesIO(b"PK\\x05\\x06" + bytes(18))), is_zip(BytesIO(b"Rar!"))
    (True, False)
    """
    return read_at(file, 0, 4) in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
