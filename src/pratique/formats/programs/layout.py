"""
Say where the parts of a program lie in its file and in memory.

A part is a section or, of a program without section headers, a segment that is loaded. Only what
the file holds is counted: what is zeroed when the program starts has no bytes.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

CHUNK = 1 << 20


class Readable(Protocol):
    """Random access to the bytes of a file; ``model.units.LayerFile`` is one."""

    @property
    def size_bytes(self) -> int:
        """Its length."""

    def read(self, offset: int, size: int) -> bytes:
        """Return up to ``size`` bytes from ``offset``, fewer at the end."""


class Kind(StrEnum):
    """The format of a program."""

    ELF = "elf"
    PE = "pe"
    MACHO = "macho"


class Part(Struct, frozen=True, gc=False):
    """One section or segment; ``offset`` and ``size`` are of the file, within it."""

    name: str
    address: int
    offset: int
    size: int
    writable: bool = False


class Program(Struct, frozen=True):
    """
    The layout of one program.

    ``system`` and ``machine`` are the words Go uses (``linux``, ``amd64``), empty where unknown.
    ``sectioned`` is False where the parts are segments, because there are no section headers.
    """

    kind: Kind
    word: int
    big_endian: bool
    parts: tuple[Part, ...]
    system: str = ""
    machine: str = ""
    sectioned: bool = True

    def part(self, *names: str) -> Part | None:
        """Return the first part of one of these names that has bytes."""
        return next((part for part in self.parts if part.name in names and part.size), None)

    def number(self, data: bytes) -> int:
        """Return an unsigned number in the program's byte order."""
        return int.from_bytes(data, "big" if self.big_endian else "little")


def read_at(file: Readable, program: Program, address: int, size: int) -> bytes:
    """Return up to ``size`` bytes that are loaded at ``address``; none where nothing is."""
    for part in program.parts:
        into = address - part.address
        if part.address and 0 <= into < part.size:
            return file.read(part.offset + into, min(size, part.size - into))
    return b""


def chunks(file: Readable, offset: int, size: int, overlap: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield a stretch of a file in pieces with their offsets, each going on ``overlap`` bytes."""
    end = min(offset + size, file.size_bytes)
    while offset < end:
        yield offset, file.read(offset, min(CHUNK + overlap, end - offset))
        offset += CHUNK


def clipped(file: Readable, offset: int, size: int) -> tuple[int, int]:
    """
    Return a stretch cut to what the file holds.

    >>> class Ten:
    ...     size_bytes = 10
    >>> clipped(Ten(), 4, 100), clipped(Ten(), 12, 3)
    ((4, 6), (0, 0))
    """
    if not 0 <= offset < file.size_bytes:
        return 0, 0
    return offset, min(size, file.size_bytes - offset)
