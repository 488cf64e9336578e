"""
Look for many expressions in one pass, with Hyperscan: the one place that knows its binding.

Laws: expressions are numbered as they are given; each end of each match is told, or once per
expression where it is sought ``once``. A matcher serves one caller at a time, for it has one scratch
space. What ``written`` gives is for processors like this one and this version of the library;
anything else, and anything damaged, is refused.
Source: https://intel.github.io/hyperscan/dev-reference/, https://python-hyperscan.readthedocs.io/.
"""

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from msgspec import Struct

from pratique.model.errors import FormatError

Told = Callable[[int, int, int, int, object], None]
"""Take a match: its number, where it starts (not measured), where it ends, and two that say nothing."""


class Sought(Struct, frozen=True):
    """One expression: ``folded`` takes letters of both cases, ``once`` tells the first match only."""

    expression: bytes
    folded: bool = False
    once: bool = False


class SetMatcher:
    """
    A compiled set.

    >>> matcher = SetMatcher.compiled([Sought(b"ab+c"), Sought(b"XYZ", folded=True)])
    >>> found = []
    >>> matcher.scan(b"abbc xyz", lambda number, start, end, flags, context: found.append((number, end)))
    >>> found
    [(0, 4), (1, 8)]
    """

    def __init__(self, database: "_Database") -> None:
        self._database = database

    @classmethod
    def compiled(cls, sought: Sequence[Sought]) -> "SetMatcher":
        """
        Compile a set, which must not be empty.

        Raises:
            ImportError: Hyperscan is not installed.
            FormatError: it does not take an expression, or all of them together.
        """
        library = _library()
        database = library.Database(mode=library.HS_MODE_BLOCK)
        once, folded = library.HS_FLAG_SINGLEMATCH, library.HS_FLAG_CASELESS
        try:
            database.compile(
                expressions=[one.expression for one in sought],
                ids=list(range(len(sought))),
                elements=len(sought),
                flags=[once * one.once | folded * one.folded for one in sought],
            )
        except library.HyperscanError as error:
            raise FormatError(str(error)) from None
        return cls(database)

    @classmethod
    def read(cls, data: bytes) -> "SetMatcher":
        """
        Return what ``written`` made bytes of; they must come from nobody else.

        Raises:
            ImportError: Hyperscan is not installed.
            FormatError: this processor or library does not take it.
        """
        library = _library()
        try:
            database = library.loadb(data, mode=library.HS_MODE_BLOCK)
            database.scratch = library.Scratch(database)
        except library.HyperscanError as error:
            raise FormatError(f"a kept set of expressions is none: {error}") from None
        return cls(database)

    def written(self) -> bytes:
        """Return what ``read`` takes back."""
        return _library().dumpb(self._database)

    def scan(self, text: bytes, told: Told) -> None:
        """Tell every match in a text."""
        self._database.scan(text, match_event_handler=told)


def library_version() -> str:
    """
    Return the version of Hyperscan's binding.

    Raises:
        ImportError: it is not installed.
    """
    return _library().__version__


class _Database(Protocol):
    """What is used of ``hyperscan.Database``; the binding ships no types."""

    scratch: object

    def compile(
        self, *, expressions: list[bytes], ids: list[int], elements: int, flags: list[int]
    ) -> None: ...

    def scan(self, data: bytes, match_event_handler: Told) -> None: ...


class _Library(Protocol):
    """What is used of the module ``hyperscan``."""

    __version__: str
    HS_MODE_BLOCK: int
    HS_FLAG_CASELESS: int
    HS_FLAG_SINGLEMATCH: int
    HyperscanError: type[Exception]

    def Database(self, *, mode: int) -> _Database: ...
    def Scratch(self, database: _Database) -> object: ...
    def loadb(self, data: bytes, mode: int) -> _Database: ...
    def dumpb(self, database: _Database) -> bytes: ...


def _library() -> _Library:
    import hyperscan

    return cast(_Library, hyperscan)
