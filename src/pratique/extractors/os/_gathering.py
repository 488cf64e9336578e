"""
Gather what one extractor finds: packages without repetition, owned files, Unknowns in bounds.

Law: two rows that say the same of a package are one package; damage is never silent: past
``DAMAGES`` records the rest of a database counts as unreadable, in one more Unknown.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pratique.extractors.interface import partly_read, unreadable
from pratique.formats.packages.damaged import Damaged
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, OwnedFile, Package
from pratique.model.units import FileTree
from pratique.model.unknown import Unknown

DAMAGES = 100
"""Damaged records of one database that are told one by one."""
BESIDE_BYTES = 256 << 20
"""Lists and licence files beside the databases; those of a full desktop are under 60 MiB."""
_RELATIONS = ("depends", "requires", "provides", "conffiles")

_Record = TypeVar("_Record")


class Gathering:
    """What one run of one extractor has found so far."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._packages: dict[str, Package] = {}
        self._owned: dict[str, tuple[OwnedFile, ...]] = {}
        self._offers: dict[str, tuple[tuple[str, str], ...]] = {}
        self._unknowns: list[Unknown] = []
        self._files = 0
        self._relations = DEFAULT.dependencies
        self._beside = BESIDE_BYTES

    @property
    def takes_files(self) -> bool:
        """Whether there is room for more owned files."""
        return self._files <= DEFAULT.owned_files

    def __len__(self) -> int:
        """Return the number of packages so far."""
        return len(self._packages)

    def records(self, found: Iterable[_Record | Damaged], location: str) -> Iterator[_Record]:
        """Yield the readable records of a database; what is not readable becomes an Unknown."""
        damages = 0
        try:
            for record in found:
                if not isinstance(record, Damaged):
                    if not self.relate(record, location):
                        return
                    yield record
                    continue
                damages += 1
                if damages > DAMAGES:
                    self.unreadable(location, f"given up after {DAMAGES} damaged records")
                    return
                self.unreadable(location, record.reason)
        except FormatError as error:
            self.unreadable(location, str(error))

    def relate(self, record: object, location: str) -> bool:
        """Count what a record says it needs and offers; False, said aloud, when it is too much."""
        self._relations -= sum(len(getattr(record, name, ())) for name in _RELATIONS)
        if self._relations < 0:
            self.unreadable(location, f"more than {DEFAULT.dependencies} needs (dependencies)")
        return self._relations >= 0

    def beside(self, tree: FileTree, path: str) -> bytes:
        """
        Return a file beside the databases; nothing where it is absent or too much was read.

        A link can give one large file the names of the lists of every package.

        Raises:
            FormatError: its bytes were not kept.
        """
        if self._beside < 0:
            return b""
        try:
            node = tree.get(path)
        except LimitExceeded as error:
            self._beside = -1
            self.partly_read(path, str(error))
            return b""
        if node is None:
            return b""
        self._beside -= node.entry.size_bytes
        if self._beside < 0:
            self.partly_read(path, f"over {BESIDE_BYTES} bytes of lists and licence files")
            return b""
        return tree.read(path)

    def add(self, package: Package, files: tuple[OwnedFile, ...] = ()) -> None:
        """Take one package and its files; files past ``Limits.owned_files`` are left out, aloud."""
        key = package.key
        if key in self._packages:
            return
        self._packages[key] = package
        room = DEFAULT.owned_files - self._files
        self._files += len(files)
        if len(files) <= room:
            self._owned[key] = files
        elif room >= 0:
            self.partly_read(package.location, f"over {DEFAULT.owned_files} files (owned_files)")

    def offer(self, key: str, offers: tuple[tuple[str, str], ...]) -> None:
        """Note what the package of that key says it holds."""
        if offers:
            self._offers[key] = offers

    def note(self, unknown: Unknown) -> None:
        """Take an Unknown as it is."""
        self._unknowns.append(unknown)

    def unreadable(self, location: str, reason: str) -> None:
        """Say that packages of a database may be missing (blocking)."""
        self._unknowns.append(unreadable(self._unit, location, reason))

    def partly_read(self, location: str, reason: str) -> None:
        """Say that something beside the list of packages was left out (coverage)."""
        self._unknowns.append(partly_read(self._unit, location, reason))

    def done(self) -> Extraction:
        """Return all of it."""
        return Extraction(
            packages=tuple(self._packages.values()),
            owned=self._owned,
            offers=self._offers,
            unknowns=tuple(self._unknowns),
        )
