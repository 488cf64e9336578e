"""
Run layer units on the files of a layer that they want.

Law: one unit's failure on one file is one Unknown of that file, whatever the failure is, and the
other units and files stand. A file that no unit wants costs one look at its path and first bytes.
"""

import hashlib
import importlib
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from pratique.extractors.interface import partly_read, unreadable
from pratique.kit.held_file import HeldFile
from pratique.kit.limits import Limits
from pratique.kit.selector import Selector
from pratique.model.errors import FormatError
from pratique.model.layer import FileFacts, Hashes
from pratique.model.package import OwnedFile, Package, Sign
from pratique.model.units import LayerFile, LayerUnit, Patterns
from pratique.model.unknown import Unknown
from pratique.pipelines.load_units import Late

LATE = (
    "encodings.utf_8_sig",
    "pratique.formats.feeds.xml_records",
    "pratique.formats.zip.archive",
    "tomllib",
    "yaml",
    "yaml.events",
)
"""Modules that layer units and the readers they share import inside a function, or codecs do."""

HEAD_BYTES = 8
"""The longest magic of a unit."""
_MOST_UNKNOWNS = 20
_MOST_SIGNS = 20
PIECE_BYTES = 1 << 17
"""Bytes that are still in the processor's cache for the second and third hash."""


class LayerUnits:
    """The layer units of a scan; ask ``wanting``, then look."""

    def __init__(self, units: Sequence[LayerUnit] = ()) -> None:
        self.units = tuple(units)
        self.patterns: tuple[Patterns, ...] = tuple(unit.PATTERNS for unit in units)
        self._any = Selector(self.patterns)
        # Most units want files of a few names: those are found without asking every unit.
        self._named: dict[str, list[LayerUnit]] = {}
        self._others: list[tuple[LayerUnit, Selector]] = []
        self._ending: dict[str, list[tuple[LayerUnit, Selector]]] = {}
        self._magics: dict[bytes, list[LayerUnit]] = {}
        for unit in units:
            for name in unit.PATTERNS.names:
                self._named.setdefault(name, []).append(unit)
            for magic in unit.PATTERNS.magics:
                self._magics.setdefault(magic, []).append(unit)
            rest = replace(unit.PATTERNS, names=())
            if rest != Patterns(magics=rest.magics, max_bytes=rest.max_bytes):
                asked = unit, Selector([rest])
                for name in _last_names(rest):
                    self._ending.setdefault(name, []).append(asked)
                if not _last_names(rest):
                    self._others.append(asked)
        self._starts = tuple(self._magics)

    def preload(self) -> None:
        """Import the units and what they import late: a confined process opens no more files."""
        for unit in self.units:
            if isinstance(unit, Late):
                unit.load()
        for name in LATE if self.units else ():
            importlib.import_module(name)

    def may_want(self, path: str) -> bool:
        """Whether some unit wants a file for its path."""
        return bool(self._any.limit(path))

    def wanting(self, path: str, head: Callable[[int], bytes]) -> tuple[LayerUnit, ...]:
        """Return the units that want a file; ``head`` gives its first bytes."""
        found: list[LayerUnit] = []
        if self._any.limit(path):
            name = path.rpartition("/")[2]
            found += self._named.get(name, ())
            asked = (*self._ending.get(name, ()), *self._others)
            found += [unit for unit, selector in asked if selector.limit(path)]
        found += self.starting(head)
        return tuple({unit.NAME: unit for unit in found}.values())

    def starting(self, head: Callable[[int], bytes]) -> tuple[LayerUnit, ...]:
        """Return the units that want a file for its first bytes."""
        if not self._starts or not (start := head(HEAD_BYTES)).startswith(self._starts):
            return ()
        found = (units for magic, units in self._magics.items() if start.startswith(magic))
        return tuple(unit for units in found for unit in units)


def _last_names(patterns: Patterns) -> frozenset[str]:
    """
    Return the names that a file must have to be wanted, none where other names may do.

    >>> sorted(_last_names(Patterns(suffixes=(".dist-info/METADATA",), globs=("go/*/VERSION",))))
    ['METADATA', 'VERSION']
    >>> sorted(_last_names(Patterns(suffixes=(".jar", "/pom.xml"))))
    []
    """
    others = replace(patterns, suffixes=(), globs=(), magics=())
    ends = [text.rpartition("/") for text in (*patterns.suffixes, *patterns.globs)]
    whole = all(slash or text in patterns.globs for _, slash, text in ends)
    if not whole or others != Patterns(max_bytes=patterns.max_bytes):
        return frozenset()
    names = frozenset(name for _, _, name in ends)
    return frozenset() if any("*" in name or not name for name in names) else names


NO_UNITS = LayerUnits()


def look_into(file: LayerFile, units: Sequence[LayerUnit], position: int) -> FileFacts:
    """Return what the units find in a file; locations are relative to it."""
    packages: dict[str, Package] = {}
    owned: list[tuple[OwnedFile, ...]] = []
    unknowns: list[Unknown] = []
    signs: list[Sign] = []
    for unit in units:
        try:
            found = unit.extract_file(file)
        except FormatError as error:
            unknowns.append(partly_read(unit.NAME, "", str(error)))
            continue
        except MemoryError:
            unknowns.append(partly_read(unit.NAME, "", "reading it takes too much memory"))
            continue
        except Exception as error:  # noqa: BLE001 - a bug in one unit must not hide the other files
            reason = f"the extractor failed: {type(error).__name__}: {error}"[:200]
            unknowns.append(unreadable(unit.NAME, "", reason))
            continue
        unknowns += found.unknowns[:_MOST_UNKNOWNS]
        signs += found.signs[:_MOST_SIGNS]
        for package in found.packages:
            if packages.setdefault(package.key, package) is package:
                owned.append(found.owned.get(package.key, ()))
    return FileFacts(
        position, tuple(packages.values()), tuple(owned), tuple(unknowns), tuple(signs)
    )


def look_within(
    file: HeldFile, units: Sequence[LayerUnit], position: int, limits: Limits
) -> FileFacts:
    """Return what those units find that may look into a file of this size, and who may not."""
    size = file.size_bytes
    able = [u for u in units if size <= min(u.PATTERNS.max_bytes, limits.unit_file_bytes)]
    facts = look_into(file, able, position)
    if len(able) == len(units):
        return facts
    left = [unit for unit in units if unit not in able]
    refused = tuple(partly_read(unit.NAME, "", too_many(size)) for unit in left)
    return replace(facts, unknowns=(*facts.unknowns, *refused))


def too_many(size_bytes: int) -> str:
    """Return why a file is not looked into."""
    return f"the file has {size_bytes} bytes, too many to be looked into"


def hashes_of(
    pieces: Iterable[bytes | bytearray | memoryview], *, with_sha1: bool = True
) -> tuple[str, Hashes]:
    """Return the sha256 of a file, and the hashes that packages may have recorded of it."""
    sha256 = hashlib.sha256()
    # Packages name files by these two; nothing rests on their strength.
    sha1 = hashlib.sha1(usedforsecurity=False)
    md5 = hashlib.md5(usedforsecurity=False)
    for piece in pieces:
        sha256.update(piece)
        md5.update(piece)
        if with_sha1:
            sha1.update(piece)
    return sha256.hexdigest(), Hashes(sha1.hexdigest() if with_sha1 else "", md5.hexdigest())
