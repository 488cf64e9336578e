"""
List the packages of pacman (Arch Linux and its derivatives).

Each package is a folder ``var/lib/pacman/local/NAME-VERSION`` with ``desc`` and ``files``; it belongs
to the layer that wrote its ``desc``.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._qualifiers import qualifiers
from pratique.extractors.os._resolve import Installed, resolve
from pratique.formats.packages.pacman import PacmanRecord, parse_desc, parse_files
from pratique.formats.purl import package_url
from pratique.kit.limits import DEFAULT
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, LayerRef, OwnedFile, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "pacman"
VERSION = 1
_LOCAL = "var/lib/pacman/local"
PATTERNS = Patterns(paths=PATHS, trees=(_LOCAL,))


class _Found(Struct, frozen=True):
    """A record, the file it stands in, and the layer that wrote it."""

    record: PacmanRecord
    location: str
    layer: LayerRef | None
    files: tuple[OwnedFile, ...]


def extract(tree: FileTree) -> Extraction:
    """Return the packages of pacman's local database in ``tree``."""
    gathering = Gathering(NAME)
    distro = identify(tree).distro
    found = list(_read(tree, gathering))
    depends = resolve([_needs(item) for item in found])
    for item, needs in zip(found, depends, strict=True):
        gathering.add(_package(item, distro, needs), item.files)
    return gathering.done()


def _read(tree: FileTree, gathering: Gathering) -> Iterator[_Found]:
    seen: set[str] = set()
    for number, folder in enumerate(tree.children(_LOCAL) if tree.get(_LOCAL) else ()):
        desc = f"{folder}/desc"
        if folder.endswith("/ALPM_DB_VERSION"):
            continue
        if number > DEFAULT.packages:
            gathering.unreadable(_LOCAL, f"more than {DEFAULT.packages} packages (packages)")
            return
        node = tree.get(desc)
        if node is not None and node.entry.content in seen:
            continue  # the same file under more names is the same package
        try:
            record = parse_desc(tree.read(desc))
        except FormatError as error:
            gathering.unreadable(desc, str(error))
            continue
        seen.update(filter(None, [node.entry.content if node else ""]))
        if not gathering.relate(record, desc):
            return
        yield _Found(record, desc, tree.layer_of(desc), _files(tree, folder, gathering))


def _files(tree: FileTree, folder: str, gathering: Gathering) -> tuple[OwnedFile, ...]:
    path = f"{folder}/files"
    if not gathering.takes_files:
        return ()
    try:
        return parse_files(gathering.beside(tree, path))
    except FormatError as error:
        gathering.partly_read(path, f"owned files not read: {error}")
        return ()


def _needs(item: _Found) -> Installed:
    needs = tuple((need,) for need in item.record.depends)
    return Installed(item.record.name, needs, item.record.provides)


def _package(item: _Found, distro: Distro | None, depends: tuple[str, ...]) -> Package:
    record = item.record
    namespace = distro.id if distro else "arch"
    return Package(
        type=PackageType.ALPM,
        name=record.name,
        version=record.version,
        purl=package_url(
            "alpm", record.name, record.version, namespace, qualifiers(record.arch, distro)
        ),
        arch=record.arch,
        source_name=record.base or record.name,
        source_version=record.version,
        licences=record.licences,
        depends=depends,
        location=item.location,
        layer=item.layer,
        origin=NAME,
    )
