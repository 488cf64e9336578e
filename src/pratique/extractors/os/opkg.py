"""
List the packages of opkg (OpenWrt up to 24.10, Yocto).

Reads the status file and ``info/*.list`` in the places OpenWrt, Yocto and older builds use.
"""

from collections.abc import Iterator

from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._layers import PackageId, credit, history
from pratique.extractors.os._qualifiers import qualifiers
from pratique.extractors.os._resolve import Installed, resolve
from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.opkg import OpkgRecord, parse_list, parse_status
from pratique.formats.purl import package_url
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, LayerRef, OwnedFile, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "opkg"
VERSION = 1
_FOLDERS = ("usr/lib/opkg", "var/lib/opkg", "opt/lib/opkg")
_DATABASES = tuple(f"{folder}/status" for folder in _FOLDERS)
PATTERNS = Patterns(
    paths=(*PATHS, *_DATABASES),
    endings=tuple((f"{folder}/info", ".list") for folder in _FOLDERS),
)


def extract(tree: FileTree) -> Extraction:
    """Return the packages that opkg counts as installed in ``tree``."""
    gathering = Gathering(NAME)
    distro = identify(tree).distro
    nodes = [node for path in _DATABASES if (node := tree.get(path))]
    for location in dict.fromkeys(node.entry.path for node in nodes):
        everything = gathering.records(_status(tree, location), location)
        records = [record for record in everything if record.installed]
        layers = credit(history(tree, location), [_id(record) for record in records], _ids)
        for record, needs in zip(records, resolve(list(map(_needs, records))), strict=True):
            package = _package(record, distro, location, needs, layers[_id(record)])
            gathering.add(package, _owned(tree, location, record.name, gathering))
    return gathering.done()


def _status(tree: FileTree, location: str) -> Iterator[OpkgRecord | Damaged]:
    # A generator, so that a file that was not kept is reported where its records are read.
    yield from parse_status(tree.read(location))


def _owned(tree: FileTree, location: str, name: str, gathering: Gathering) -> tuple[OwnedFile, ...]:
    path = f"{location.removesuffix('status')}info/{name}.list"
    if not gathering.takes_files:
        return ()
    try:
        return tuple(OwnedFile(owned) for owned in parse_list(gathering.beside(tree, path)))
    except FormatError as error:
        gathering.partly_read(path, f"owned files not read: {error}")
        return ()


def _needs(record: OpkgRecord) -> Installed:
    return Installed(record.name, tuple((need,) for need in record.depends), record.provides)


def _id(record: OpkgRecord) -> PackageId:
    return (record.name, record.arch, record.version)


def _ids(content: bytes) -> list[PackageId]:
    records = (item for item in parse_status(content) if not isinstance(item, Damaged))
    return [_id(record) for record in records if record.installed]


def _package(
    record: OpkgRecord,
    distro: Distro | None,
    location: str,
    depends: tuple[str, ...],
    layer: LayerRef | None,
) -> Package:
    return Package(
        type=PackageType.OPKG,
        name=record.name,
        version=record.version,
        purl=package_url(
            "opkg",
            record.name,
            record.version,
            distro.id if distro else "",
            qualifiers(record.arch, distro),
        ),
        arch=record.arch,
        source_name=record.source or record.name,
        source_version=record.version,
        licences=(record.licence,) if record.licence else (),
        depends=depends,
        location=location,
        layer=layer,
        origin=NAME,
    )
