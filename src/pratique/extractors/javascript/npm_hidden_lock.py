"""
List npm packages that npm installed and whose ``package.json`` was taken away since.

``node_modules/.package-lock.json`` is npm's own record of what it installed. A package that still
has its ``package.json`` is listed by ``node_package``, so nothing is listed twice; one whose whole
folder is gone is not there. What stays are folders that a slimming tool (or somebody who hides a
package) emptied of metadata.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json ("Hidden Lockfiles")
"""

from collections.abc import Iterator

from pratique.extractors.interface import partly_read
from pratique.extractors.javascript._npm import is_name, is_version
from pratique.extractors.javascript._npm_lock import LockFile, entries, package_name
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import text
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import language_purl
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import Unknown

NAME = "npm_hidden_lock"
VERSION = 1
_SUFFIX = "/node_modules/.package-lock.json"
PATTERNS = Patterns(suffixes=(_SUFFIX,), max_bytes=16 << 20)


def extract(tree: FileTree) -> Extraction:
    """Return the packages of all hidden lock files whose folder has no ``package.json``."""
    packages: list[Package] = []
    unknowns: list[Unknown] = []
    for path in tree.matching(PATTERNS):
        try:
            packages += _bare(tree, path)
        except FormatError as error:
            unknowns.append(partly_read(NAME, path, str(error)))
    return Extraction(packages=tuple(packages), unknowns=tuple(unknowns))


def _bare(tree: FileTree, path: str) -> Iterator[Package]:
    lock = parse_json(tree.read(path), LockFile)
    root = f"/{path}".removesuffix(_SUFFIX).lstrip("/")
    layer = tree.layer_of(path)
    for number, (place, entry) in enumerate(entries(lock).items()):
        if number > DEFAULT.packages:
            raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")
        name, version = package_name(place, entry), text(entry.version)
        folder = f"{root}/{place}" if root else place
        if not _is_place(place) or tree.get(f"{folder}/package.json"):
            continue
        if tree.get(folder) is None or not is_name(name):
            continue
        if not is_version(version) or not is_word(version):
            continue
        yield Package(
            type=PackageType.NPM,
            name=name,
            version=version,
            purl=language_purl(PackageType.NPM, name, version),
            location=f"{path}!{place}",
            layer=layer,
            origin=NAME,
        )


def _is_place(place: str) -> bool:
    parts = place.split("/")
    return parts[0] == "node_modules" and not {"", ".", ".."} & set(parts)
