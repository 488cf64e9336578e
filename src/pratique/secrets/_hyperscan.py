"""
Find where kinds may match with Hyperscan: all of them in one pass over the text.

Law: for every match of a rule's expression that starts at ``s``, ``regions`` returns a range of
that rule with ``s`` in it, for this engine as for the fallback. What is confirmed afterwards
therefore does not depend on the engine; this one only leaves out far more places.

Compiling takes seconds, so the database is kept in the cache folder. Its file is named after the
rules, the version of Hyperscan and the processor's features, for a database serves one family of
processors only. A file that is damaged, refused, or that somebody else could have written is as
good as none.
"""

import hashlib
import os
import platform
import struct
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Protocol, cast

import msgspec

from pratique.formats.expression.shape import LAWS
from pratique.kit.ownership import is_only_ours
from pratique.model.errors import FormatError
from pratique.secrets._fallback import Region
from pratique.secrets.rule import Rule, fingerprint_of

Bounds = list[tuple[int, int]]
"""Least width of what is sought for each rule, and how far its end may be from a match's start."""

_MAGIC = b"PRATHSDB3"
_HEAD = struct.Struct("<I32s")
"""How many bytes the bounds take, and their hash; Hyperscan has a checksum of its own database."""
_MAX_BYTES = 256 << 20
_STALE = 8
"""Databases kept beside each other, for other rules or processors that share the folder."""


class _Database(Protocol):
    """What is used of ``hyperscan.Database``; the binding ships no types."""

    scratch: object

    def compile(
        self, *, expressions: list[bytes], ids: list[int], elements: int, flags: list[int]
    ) -> None: ...

    def scan(
        self, data: bytes, match_event_handler: Callable[[int, int, int, int, object], None]
    ) -> None: ...


class _Library(Protocol):
    """What is used of the module ``hyperscan``."""

    __version__: str
    HS_MODE_BLOCK: int
    HyperscanError: type[Exception]

    def Database(self, *, mode: int) -> _Database: ...
    def Scratch(self, database: _Database) -> object: ...
    def loadb(self, data: bytes, mode: int) -> _Database: ...
    def dumpb(self, database: _Database) -> bytes: ...


class Hyperscan:
    """A compiled database of what all rules seek."""

    NAME = "hyperscan"

    def __init__(self, rules: Sequence[Rule], folder: Path | None = None) -> None:
        """
        Load the database of ``rules`` from ``folder``, or compile and keep it there.

        Raises:
            ImportError: Hyperscan is not installed.
            FormatError: a rule is more than it can take.
        """
        import hyperscan

        self._lock = Lock()
        library = cast(_Library, hyperscan)
        place = None if folder is None else folder / _file_name(rules, library.__version__)
        kept = None if place is None else _loaded(library, place)
        self.was_kept = kept is not None
        # The bounds are kept beside the database, so that no expression need be compiled for them.
        self._bounds, self._database = kept or _compiled(library, rules)
        if place is not None and not self.was_kept:
            _keep(place, self._bounds, library.dumpb(self._database))

    def regions(self, text: bytes) -> list[Region]:
        """Return where each rule may match, sorted by rule and place."""
        hits: list[tuple[int, int]] = []

        def hit(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            hits.append((number, end))

        with self._lock:  # a database has one scratch space
            self._database.scan(text, match_event_handler=hit)
        if not hits:
            return []
        bounds = self._bounds
        found = []
        for number, end in hits:
            least, reach = bounds[number]
            found.append((number, max(0, end - reach), end - least))
        found.sort()
        return found


def _compiled(library: _Library, rules: Sequence[Rule]) -> tuple[Bounds, _Database]:
    bounds = [(rule.shape.least, rule.shape.reach) for rule in rules]
    try:
        return bounds, _compile(library, rules)
    except library.HyperscanError as error:
        for rule in rules:
            try:
                _compile(library, (rule,))
            except library.HyperscanError as own:
                raise FormatError(f"the rule {rule.kind.id}: {own}") from None
        raise FormatError(f"the rules together: {error}") from None


def _compile(library: _Library, rules: Sequence[Rule]) -> _Database:
    database = library.Database(mode=library.HS_MODE_BLOCK)
    database.compile(
        expressions=[rule.shape.sought for rule in rules],
        ids=list(range(len(rules))),
        elements=len(rules),
        flags=[0] * len(rules),
    )
    return database


def _file_name(rules: Sequence[Rule], version: str) -> str:
    told = "\n".join((fingerprint_of(rules), str(LAWS), version, platform.machine(), _features()))
    return f"secrets-{hashlib.sha256(told.encode()).hexdigest()[:32]}.hsdb"


def _features() -> str:
    """Return what the processor can do, as Linux tells it; a part of a name, nothing is trusted."""
    with suppress(OSError), open("/proc/cpuinfo", encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith(("flags", "Features")):
                return line
    return platform.processor()


def _loaded(library: _Library, place: Path) -> tuple[Bounds, _Database] | None:
    try:
        with place.open("rb") as file:
            if not is_only_ours(file.fileno()):
                return None
            head = file.read(len(_MAGIC) + _HEAD.size)
            if not head.startswith(_MAGIC) or len(head) < len(_MAGIC) + _HEAD.size:
                return None
            size, told = _HEAD.unpack_from(head, len(_MAGIC))
            bounds = file.read(min(size, _MAX_BYTES))
            dumped = file.read(_MAX_BYTES)
    except OSError:
        return None
    if hashlib.sha256(bounds).digest() != told:
        return None
    try:
        read = msgspec.msgpack.decode(bounds, type=Bounds)
        database = library.loadb(dumped, mode=library.HS_MODE_BLOCK)
        database.scratch = library.Scratch(database)
    except (library.HyperscanError, msgspec.MsgspecError):
        return None
    with suppress(OSError):
        os.utime(place)
    return read, database


def _keep(place: Path, bounds: Bounds, database: bytes) -> None:
    """Write a database under a passing name and rename it; a folder that is full keeps none."""
    passing: Path | None = None
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".hsdb-")
        passing = Path(name)
        with os.fdopen(handle, "wb") as file:
            told = msgspec.msgpack.encode(bounds)
            head = _HEAD.pack(len(told), hashlib.sha256(told).digest())
            file.writelines((_MAGIC, head, told, database))
        passing.replace(place)
        _thin_out(place.parent)
    except OSError:
        if passing is not None:
            passing.unlink(missing_ok=True)


def _thin_out(folder: Path) -> None:
    kept = sorted(folder.glob("secrets-*.hsdb"), key=lambda file: file.stat().st_mtime)
    for old in kept[:-_STALE]:
        old.unlink(missing_ok=True)
