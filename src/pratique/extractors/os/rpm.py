"""
List the packages of rpm (RHEL and its kin, Fedora, SUSE, Amazon Linux, Azure Linux, Photon…).

Reads the database in all three forms wherever a distribution keeps it, and the manifest that
Mariner's distroless images carry instead. ``gpg-pubkey`` entries are keys, not packages. Where two
forms lie side by side (a system that was converted) both are read and equal packages are one.
"""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._layers import PackageId, credit, history
from pratique.extractors.os._paths import RealPaths
from pratique.extractors.os._qualifiers import qualifiers
from pratique.extractors.os._resolve import Installed, resolve
from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.database_paths import RPM, RPM_FOLDERS, RPM_MANIFEST
from pratique.formats.packages.rpmdb import blobs
from pratique.formats.packages.rpmdb.header import Header, RpmRecord, split_source_rpm
from pratique.formats.packages.rpmdb.manifest import parse_manifest
from pratique.formats.purl import package_url
from pratique.kit.limits import DEFAULT
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, LayerRef, OwnedFile, Package, PackageType
from pratique.model.units import FileTree, Patterns

NAME = "rpm"
VERSION = 1
_LOGS = tuple(f"{folder}/rpmdb.sqlite-wal" for folder in RPM_FOLDERS)
PATTERNS = Patterns(paths=(*PATHS, *RPM, *_LOGS), max_bytes=128 << 20)
_KEY = "gpg-pubkey"
_NAMESPACES = {"rhel": "redhat", "opensuse-leap": "opensuse", "opensuse-tumbleweed": "opensuse"}
"""Where purl's own examples use another namespace than os-release's ID."""


class _Found(Struct, frozen=True):
    """A record and what else its header says."""

    record: RpmRecord
    files: tuple[OwnedFile, ...] = ()
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()


def extract(tree: FileTree) -> Extraction:
    """Return the packages of the rpm databases in ``tree``."""
    gathering = Gathering(NAME)
    distro, real = identify(tree).distro, RealPaths(tree)
    seen: set[PackageId] = set()
    nodes = [node for path in RPM if (node := tree.get(path))]
    # One file under two names (var/lib/rpm is often a symlink) is one database.
    for location in dict.fromkeys(node.entry.path for node in nodes):
        everything = gathering.records(_read(tree, location, gathering), location)
        found = [item for item in everything if _is_new(item.record, seen)]
        ids = [_id(item.record) for item in found]
        seen.update(ids)
        states = history(tree, location, _log(location))
        layers = credit(states, ids, partial(_ids, location))
        depends = resolve(list(map(_needs, found)))
        for item, needs in zip(found, depends, strict=True):
            package = _package(item.record, distro, location, needs, layers[_id(item.record)])
            gathering.add(package, real.of_files(item.files))
    return gathering.done()


def _log(location: str) -> str:
    return f"{location}-wal" if location.endswith(".sqlite") else ""


def _read(tree: FileTree, location: str, gathering: Gathering) -> Iterator[_Found | Damaged]:
    content, log, wal = tree.read(location), _log(location), b""
    if log and tree.get(log):
        try:
            wal = tree.read(log)
        except FormatError as error:
            gathering.unreadable(log, str(error))
    files, needs = DEFAULT.owned_files, DEFAULT.dependencies
    for item in _records(location, content, wal):
        if isinstance(item, RpmRecord):
            yield _Found(item)
        elif isinstance(item, Damaged):
            yield item
        else:
            has_room = files > 0 and needs > 0
            found = _found(item, location, gathering, with_files=has_room)
            if isinstance(found, _Found) and has_room:
                files -= len(found.files)
                needs -= len(found.requires) + len(found.provides)
                if files <= 0 or needs <= 0:
                    found = _Found(found.record)
                    gathering.partly_read(location, "too many files (owned_files) or needs")
            yield found


def _records(
    location: str, content: bytes, wal: bytes = b""
) -> Iterator[bytes | RpmRecord | Damaged]:
    """Yield header blobs of a database, or the records of a manifest."""
    if location == RPM_MANIFEST:
        yield from parse_manifest(content)
    else:
        yield from blobs(content, wal)


def _found(
    blob: bytes, location: str, gathering: Gathering, *, with_files: bool
) -> _Found | Damaged:
    try:
        header = Header(blob)
        record = header.record()
    except FormatError as error:
        return Damaged(str(error))
    if not with_files:
        return _Found(record)
    try:
        return _Found(record, header.files(), header.requires(), header.provides())
    except FormatError as error:
        gathering.partly_read(location, f"files and needs of {record.name} not read: {error}")
        return _Found(record)


def _id(record: RpmRecord) -> PackageId:
    return (record.name, record.arch, record.evr)


def _ids(location: str, content: bytes, wal: bytes = b"") -> list[PackageId]:
    found = []
    for item in _records(location, content, wal):
        if isinstance(item, Damaged):
            continue
        try:
            found.append(_id(item if isinstance(item, RpmRecord) else Header(item).record()))
        except FormatError:
            continue  # an older state only tells layers apart; the visible one reports damage
    return found


def _is_new(record: RpmRecord, seen: set[PackageId]) -> bool:
    return record.name != _KEY and _id(record) not in seen


def _needs(item: _Found) -> Installed:
    needs = tuple((need,) for need in item.requires)
    return Installed(item.record.name, needs, item.provides, item.files)


def _package(
    record: RpmRecord,
    distro: Distro | None,
    location: str,
    depends: tuple[str, ...],
    layer: LayerRef | None,
) -> Package:
    source_name, source_version = split_source_rpm(record.source_rpm)
    namespace = _NAMESPACES.get(distro.id, distro.id) if distro else ""
    epoch = "" if record.epoch is None else str(record.epoch)
    wanted = {**qualifiers(record.arch, distro), "epoch": epoch}
    version = f"{record.version}-{record.release}"
    return Package(
        type=PackageType.RPM,
        name=record.name,
        version=record.evr,
        purl=package_url("rpm", record.name, version, namespace, wanted),
        arch=record.arch,
        source_name=source_name,
        source_version=source_version,
        source_rpm=record.source_rpm,
        module=record.module,
        vendor=record.vendor,
        licences=(record.licence,) if record.licence else (),
        depends=depends,
        location=location,
        layer=layer,
        origin=NAME,
    )
