"""
Find where kinds may match with Hyperscan: all of them in one pass over the text.

Law: for every match of a rule's expression that starts at ``s``, ``regions`` returns a range of
that rule with ``s`` in it, for this engine as for the fallback. What is confirmed afterwards
therefore does not depend on the engine; this one only leaves out far more places.

Compiling takes seconds, so the database is kept in the cache folder, and beside it what its owner
wants back with it. Its file is named after the rules, the version of Hyperscan and the processor's
features, for a database serves one family of
processors only. A file that is damaged, refused, or that somebody else could have written is as
good as none.
"""

import hashlib
import platform
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

import msgspec
from msgspec import Struct

from pratique.formats.expression.set_matcher import SetMatcher, Sought, Told, library_version
from pratique.formats.expression.shape import LAWS
from pratique.kit.compiled_file import keep, kept
from pratique.model.errors import FormatError
from pratique.secrets._fallback import Region
from pratique.secrets.rule import Rule

Bounds = list[tuple[int, int]]
"""Least width of what is sought for each rule, and how far its end may be from a match's start."""


class _Kept(Struct, frozen=True, array_like=True):
    """What stands before a kept database: its bounds, and what its owner keeps with it."""

    bounds: Bounds
    beside: bytes


class Hyperscan:
    """
    A compiled database of what all rules seek.

    ``beside`` is what was kept with it. The bounds are kept as well, so that no expression need be
    compiled for them.
    """

    NAME = "hyperscan"

    def __init__(self, bounds: Bounds, matcher: SetMatcher, beside: bytes = b"") -> None:
        self.beside = beside
        self._bounds = bounds
        self._matcher = matcher
        self._lock = Lock()
        self._hits: list[tuple[int, int]] = []
        self._hit = _taker(self._hits)

    @classmethod
    def compiled(cls, rules: Sequence[Rule]) -> "Hyperscan":
        """
        Compile the database of some rules.

        Raises:
            ImportError: Hyperscan is not installed.
            FormatError: a rule is more than it can take.
        """
        bounds = [(rule.shape.least, rule.shape.reach) for rule in rules]
        try:
            return cls(bounds, _compiled(rules))
        except FormatError as error:
            for rule in rules:
                try:
                    _compiled((rule,))
                except FormatError as own:
                    raise FormatError(f"the rule {rule.kind.id}: {own}") from None
            raise FormatError(f"the rules together: {error}") from None

    @classmethod
    def kept(cls, place: Path) -> "Hyperscan | None":
        """
        Return the database that was kept at a place, None where there is none to be believed.

        Raises:
            ImportError: Hyperscan is not installed.
        """
        if (found := kept(place)) is None:
            return None
        try:
            told = msgspec.msgpack.decode(found[0], type=_Kept)
            return cls(told.bounds, SetMatcher.read(found[1]), told.beside)
        except (FormatError, msgspec.MsgspecError):
            return None

    def keep(self, place: Path, beside: bytes = b"") -> None:
        """Keep it at a place, and something beside it; a folder that is full keeps none."""
        told = msgspec.msgpack.encode(_Kept(self._bounds, beside))
        with suppress(OSError):
            keep(place, told, self._matcher.written())

    def regions(self, text: bytes) -> list[Region]:
        """Return where each rule may match, sorted by rule and place."""
        with self._lock:  # a database has one scratch space
            try:
                self._matcher.scan(text, self._hit)
                return self._found() if self._hits else []
            finally:
                self._hits.clear()  # millions, of a hostile text

    def _found(self) -> list[Region]:
        bounds = self._bounds
        found = []
        for number, end in self._hits:
            least, reach = bounds[number]
            found.append((number, max(0, end - reach), end - least))
        found.sort()
        return found


def _taker(hits: list[tuple[int, int]]) -> Told:
    """Return what takes a match and adds it to some: made once, not for every file."""

    def take(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
        hits.append((number, end))

    return take


def place_in(folder: Path, version: str) -> Path:
    """
    Return where a folder has the database of the rules of a version.

    Raises:
        ImportError: Hyperscan is not installed.
    """
    machine = (platform.machine(), _features())
    told = "\n".join((version, str(LAWS), library_version(), *machine))
    return folder / f"secrets-{hashlib.sha256(told.encode()).hexdigest()[:32]}.hsdb"


def _compiled(rules: Sequence[Rule]) -> SetMatcher:
    return SetMatcher.compiled([Sought(rule.shape.sought) for rule in rules])


def _features() -> str:
    """Return what the processor can do, as Linux tells it; a part of a name, nothing is trusted."""
    with suppress(OSError), open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith(("flags", "Features")):
                return line
    return platform.processor()
