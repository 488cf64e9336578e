"""
List the C and C++ libraries that vcpkg installed (``vcpkg/status`` and ``vcpkg/updates/``).

Law: vcpkg writes each change to a file of its own in ``updates`` and folds them into ``status`` when
it next runs, so in an image the last run's are still there; later ones win. A library is installed
where its last status is ``install ok installed``; features are no packages of their own. Versions
are written ``version#port-version``, as vcpkg prints them.
Bounds: ``Limits.packages`` records.
Source: https://learn.microsoft.com/en-us/vcpkg/reference/installation-tree-layout;
microsoft/vcpkg-tool src/vcpkg/vcpkglib.cpp
"""

from msgspec import Struct

from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.deb822 import stanzas
from pratique.formats.purl import language_purl
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "vcpkg_status"
VERSION = 1
PATTERNS = Patterns(suffixes=("/vcpkg/status",), globs=("vcpkg/updates/*",), max_bytes=16 << 20)
_FIELDS = frozenset(
    (b"package", b"version", b"port-version", b"architecture", b"feature", b"depends", b"status")
)
_INSTALLED = "install ok installed"


class _Record(Struct, frozen=True):
    fields: dict[bytes, str]
    location: str


def extract(tree: FileTree) -> Extraction:
    """Return the libraries of all installation trees in the image."""
    files: dict[str, list[str]] = {}
    for path in tree.matching(PATTERNS):
        root = path.rpartition("/")[0].removesuffix("/updates")
        if f"/{root}".endswith("/vcpkg"):
            files.setdefault(root, []).append(path)
    packages: list[Package] = []
    unknowns: list[Unknown] = []
    for paths in files.values():
        records: dict[tuple[str, str], _Record] = {}
        for path in sorted(paths, key=lambda one: (not one.endswith("/status"), one)):
            try:
                _read(tree, path, records)
            except FormatError as error:
                unknowns.append(partly_read(NAME, path, str(error)))
        packages.extend(_packages(tree, records))
    return Extraction(packages=tuple(packages), unknowns=tuple(unknowns))


def _read(tree: FileTree, path: str, records: dict[tuple[str, str], _Record]) -> None:
    for fields in stanzas(tree.read(path).replace(b"\r\n", b"\n"), _FIELDS):
        name, triplet = fields.get(b"package", ""), fields.get(b"architecture", "")
        if not is_word(name) or b"status" not in fields:
            raise FormatError("a record has no package and status")
        if not fields.get(b"feature"):
            records[(name, triplet)] = _Record(fields, path)
        if len(records) > DEFAULT.packages:
            raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")


def _packages(tree: FileTree, records: dict[tuple[str, str], _Record]) -> list[Package]:
    names = frozenset(name for name, _ in records)
    found = []
    for (name, triplet), record in sorted(records.items(), key=lambda one: one[0]):
        fields = record.fields
        if fields[b"status"] != _INSTALLED or not is_word(fields.get(b"version", "")):
            continue
        port = fields.get(b"port-version", "")
        version = fields[b"version"] + (f"#{port}" if port not in ("", "0") else "")
        found.append(
            Package(
                type=PackageType.VCPKG,
                name=name,
                version=version,
                purl=language_purl(PackageType.VCPKG, name, version, {"triplet": triplet}),
                arch=triplet,
                depends=_depends(fields.get(b"depends", ""), names - {name}),
                location=record.location,
                layer=tree.layer_of(record.location),
                origin=NAME,
            )
        )
    return found


def _depends(text: str, names: frozenset[str]) -> tuple[str, ...]:
    # name[feature]:triplet (condition)
    words = (part.strip().split("(")[0].split(":")[0].split("[")[0] for part in text.split(","))
    return tuple(sorted({word.strip() for word in words} & names))
