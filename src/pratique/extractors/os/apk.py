"""
List the packages of apk (Alpine, Wolfi, Chainguard, postmarketOS, OpenWrt since 25.12).

Reads ``lib/apk/db/installed`` and, of systems with a merged /usr, ``usr/lib/apk/db/installed``.
The source package is apk's origin; it is built in one version with all its subpackages.
"""

from collections.abc import Iterator

from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._layers import PackageId, credit, history
from pratique.extractors.os._paths import RealPaths
from pratique.extractors.os._qualifiers import qualifiers
from pratique.extractors.os._resolve import Installed, resolve
from pratique.formats.packages.apk import ApkRecord, parse_installed
from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.database_paths import APK
from pratique.formats.purl import package_url
from pratique.model.distro import Distro
from pratique.model.package import Extraction, LayerRef, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "apk"
VERSION = 1
PATTERNS = Patterns(paths=(*PATHS, *APK))


def extract(tree: FileTree) -> Extraction:
    """Return the packages that apk counts as installed in ``tree``."""
    gathering = Gathering(NAME)
    distro, real = identify(tree).distro, RealPaths(tree)
    nodes = [node for path in APK if (node := tree.get(path))]
    # One file under two names (a merged /usr) is one database.
    for location in dict.fromkeys(node.entry.path for node in nodes):
        records = list(gathering.records(_installed(tree, location), location))
        layers = credit(history(tree, location), [_id(record) for record in records], _ids)
        for record, depends in zip(records, resolve(list(map(_needs, records))), strict=True):
            package = _package(record, distro, location, depends, layers[_id(record)])
            gathering.add(package, real.of_files(record.files))
    return gathering.done()


def _installed(tree: FileTree, location: str) -> Iterator[ApkRecord | Damaged]:
    # A generator, so that a file that was not kept is reported where its records are read.
    yield from parse_installed(tree.read(location))


def _needs(record: ApkRecord) -> Installed:
    needs = tuple((need,) for need in record.depends)
    return Installed(record.name, needs, record.provides, record.files)


def _id(record: ApkRecord) -> PackageId:
    return (record.name, record.arch, record.version)


def _ids(content: bytes) -> list[PackageId]:
    records = parse_installed(content, files=False)
    return [_id(record) for record in records if not isinstance(record, Damaged)]


def _package(
    record: ApkRecord,
    distro: Distro | None,
    location: str,
    depends: tuple[str, ...],
    layer: LayerRef | None,
) -> Package:
    namespace = distro.id if distro else "alpine"
    return Package(
        type=PackageType.APK,
        name=record.name,
        version=record.version,
        purl=package_url(
            "apk", record.name, record.version, namespace, qualifiers(record.arch, distro)
        ),
        arch=record.arch,
        source_name=record.origin or record.name,
        source_version=record.version,
        licences=(record.licence,) if record.licence else (),
        depends=depends,
        location=location,
        layer=layer,
        origin=NAME,
    )
