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
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, OwnedFile, Package
from pratique.model.unknown import Unknown

DAMAGES = 100
"""Damaged records of one database that are told one by one."""

_Record = TypeVar("_Record")


class Gathering:
    """What one run of one extractor has found so far."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._packages: dict[str, Package] = {}
        self._owned: dict[str, tuple[OwnedFile, ...]] = {}
        self._unknowns: list[Unknown] = []
        self._files = 0

    def __len__(self) -> int:
        """Return the number of packages so far."""
        return len(self._packages)

    def records(self, found: Iterable[_Record | Damaged], location: str) -> Iterator[_Record]:
        """Yield the readable records of a database; what is not readable becomes an Unknown."""
        damages = 0
        try:
            for record in found:
                if not isinstance(record, Damaged):
                    yield record
                    continue
                damages += 1
                if damages > DAMAGES:
                    self.unreadable(location, f"given up after {DAMAGES} damaged records")
                    return
                self.unreadable(location, record.reason)
        except FormatError as error:
            self.unreadable(location, str(error))

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
            unknowns=tuple(self._unknowns),
        )
