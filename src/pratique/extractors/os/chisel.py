"""
List the packages of chiselled Ubuntu images, which keep a manifest instead of dpkg's database.

The manifest does not name source packages, and Ubuntu's advisories are matched by them: that is a
blocking Unknown, as findings may be missing.
"""

from collections.abc import Iterator

from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._layers import PackageId, credit, history
from pratique.extractors.os._qualifiers import qualifiers
from pratique.formats.packages.chisel import ChiselPackage, ChiselPath, parse_manifest
from pratique.formats.packages.damaged import Damaged
from pratique.formats.purl import package_url
from pratique.model.distro import Distro
from pratique.model.package import Extraction, LayerRef, OwnedFile, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "chisel"
VERSION = 1
MANIFESTS = 16
"""Different manifests of one image; real images have one."""
_MANIFEST = "manifest.wall"
_Entry = ChiselPackage | ChiselPath
PATTERNS = Patterns(paths=PATHS, names=(_MANIFEST,), max_bytes=16 << 20)


def extract(tree: FileTree) -> Extraction:
    """Return the packages of chisel's manifests in ``tree``."""
    gathering = Gathering(NAME)
    paths = (path for path in tree.matching(PATTERNS) if path.endswith(f"/{_MANIFEST}"))
    nodes = {node.entry.content or path: node for path in paths if (node := tree.get(path))}
    distro = identify(tree).distro if nodes else None
    for number, location in enumerate(node.entry.path for node in nodes.values()):
        if number >= MANIFESTS:
            gathering.unreadable(location, f"more than {MANIFESTS} manifests of chisel")
            break
        entries: list[_Entry] = list(gathering.records(_read(tree, location), location))
        packages = [entry for entry in entries if isinstance(entry, ChiselPackage)]
        owned = _owned(entries)
        layers = credit(history(tree, location), [_id(entry) for entry in packages], _ids)
        for entry in packages:
            package = _package(entry, distro, location, layers[_id(entry)])
            gathering.add(package, tuple(owned.get(entry.name, ())))
        if packages:
            reason = "names no source packages, by which advisories of Ubuntu are matched"
            gathering.unreadable(location, reason)
    return gathering.done()


def _read(tree: FileTree, location: str) -> Iterator[_Entry | Damaged]:
    # A generator, so that a file that was not kept is reported where its entries are read.
    yield from parse_manifest(tree.read(location))


def _owned(entries: list[_Entry]) -> dict[str, list[OwnedFile]]:
    owned: dict[str, list[OwnedFile]] = {}
    for entry in entries:
        if isinstance(entry, ChiselPath):
            digest = f"sha256:{entry.sha256}" if entry.sha256 else ""
            for name in entry.packages:
                owned.setdefault(name, []).append(OwnedFile(entry.path, digest))
    return owned


def _id(entry: ChiselPackage) -> PackageId:
    return (entry.name, entry.arch, entry.version)


def _ids(content: bytes) -> list[PackageId]:
    return [_id(entry) for entry in parse_manifest(content) if isinstance(entry, ChiselPackage)]


def _package(
    entry: ChiselPackage, distro: Distro | None, location: str, layer: LayerRef | None
) -> Package:
    namespace = distro.id if distro else "ubuntu"
    return Package(
        type=PackageType.DEB,
        name=entry.name,
        version=entry.version,
        purl=package_url(
            "deb", entry.name, entry.version, namespace, qualifiers(entry.arch, distro)
        ),
        arch=entry.arch,
        location=location,
        layer=layer,
        origin=NAME,
    )
