"""
List the packages of dpkg (Debian, Ubuntu and their derivatives, distroless).

Reads ``var/lib/dpkg/status`` with the pending ``updates``, the one-package files of distroless'
``status.d``, apt's list of repositories (who built a package is told where something gives away that it
was not the distribution), the lists of owned files in ``info``, and short licence names from machine-readable
``usr/share/doc/*/copyright`` (DEP-5) where the image kept them.
"""

from collections.abc import Iterator

from msgspec import Struct, structs

from pratique.extractors.os._apt_origins import (
    SOURCES,
    SOURCES_D,
    Repository,
    repositories,
    vendor_of,
    without_credit,
)
from pratique.extractors.os._gathering import Gathering
from pratique.extractors.os._identity import PATHS, identify
from pratique.extractors.os._layers import PackageId, credit, history
from pratique.extractors.os._paths import RealPaths
from pratique.extractors.os._qualifiers import qualifiers
from pratique.extractors.os._resolve import Installed, resolve
from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.dep5 import licences
from pratique.formats.packages.dpkg import DpkgRecord, parse_list, parse_md5sums, parse_status
from pratique.formats.purl import package_url
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.layer import EntryKind
from pratique.model.package import Extraction, LayerRef, OwnedFile, Package, PackageType
from pratique.model.units import FileTree, Patterns
from pratique.model.unknown import THIRD_PARTY, Stage, Unknown

NAME = "dpkg"
VERSION = 2
_STATUS = "var/lib/dpkg/status"
_UPDATES = "var/lib/dpkg/updates"
_STATUS_D = "var/lib/dpkg/status.d"
_INFO = "var/lib/dpkg/info"
_JOURNAL_BYTES = 64 << 20
PATTERNS = Patterns(
    paths=(*PATHS, _STATUS, SOURCES),
    names=("copyright",),
    folders=(_STATUS_D, _UPDATES, SOURCES_D),
    endings=((_INFO, ".list"), (_INFO, ".md5sums")),
)


class _Found(Struct, frozen=True):
    """A record, the file it stands in, the layer it came with, and its lists' path stem."""

    record: DpkgRecord
    location: str
    layer: LayerRef | None
    lists: str


def extract(tree: FileTree) -> Extraction:
    """Return the packages that dpkg counts as installed in ``tree``."""
    gathering = Gathering(NAME)
    found = [*_from_status(tree, gathering), *_from_status_d(tree, gathering)]
    records = [item.record for item in found]
    depends = resolve([Installed(r.name, r.depends, r.provides) for r in records])
    distro, real = identify(tree).distro, RealPaths(tree)
    foreign = repositories(tree)
    credited = []
    for item, needs in zip(found, depends, strict=True):
        package = _package(item, distro, needs, _licences(tree, item.record.name, gathering))
        vendor = vendor_of(item.record, foreign)
        if vendor:
            credited.append((vendor, item.record.maintainer))
            package = structs.replace(package, vendor=vendor)
        gathering.add(package, _owned(tree, item, real, gathering))
        gathering.offer(package.key, item.record.offers)
    for repository in without_credit(foreign, credited) if found else ():
        gathering.note(_uncredited(repository))
    return gathering.done()


def _uncredited(repository: Repository) -> Unknown:
    reason = f"packages may come from {repository.host[:200]}, whose own the data do not cover"
    return Unknown(
        stage=Stage.EXTRACT, unit=THIRD_PARTY, location=repository.location, reason=reason
    )


def _from_status(tree: FileTree, gathering: Gathering) -> Iterator[_Found]:
    node = tree.get(_STATUS)
    if node is None:
        return
    location = node.entry.path
    # A stanza that stands twice counts twice: a second one must not hide the first.
    records: dict[tuple[str, str], list[DpkgRecord]] = {}
    for record in gathering.records(_status(tree, _STATUS), location):
        records.setdefault((record.name, record.arch), []).append(record)
    for path in _updates(tree, gathering):
        for record in gathering.records(_status(tree, path), path):
            records[record.name, record.arch] = [record]
    found = (record for versions in records.values() for record in versions)
    installed = {_identity(record): record for record in found if record.installed}
    layers = credit(history(tree, location), installed, _identities)
    for identity, record in installed.items():
        yield _Found(record, location, layers[identity], f"{_INFO}/{_list_name(record, tree)}")


def _updates(tree: FileTree, gathering: Gathering) -> Iterator[str]:
    """Yield the journal files dpkg would still apply: names of digits, in order."""
    room = _JOURNAL_BYTES
    for path in tree.children(_UPDATES) if tree.get(_UPDATES) else ():
        if not path.rpartition("/")[2].isdecimal():
            continue
        node = tree.get(path)
        room -= node.entry.size_bytes if node else 0
        if room < 0:
            gathering.unreadable(_UPDATES, f"more than {_JOURNAL_BYTES} bytes of journal")
            return
        yield path


def _status(tree: FileTree, path: str) -> Iterator[DpkgRecord | Damaged]:
    # A generator, so that a file that was not kept is reported where its records are read.
    yield from parse_status(tree.read(path))


def _from_status_d(tree: FileTree, gathering: Gathering) -> Iterator[_Found]:
    seen: set[str] = set()
    for path in tree.children(_STATUS_D) if tree.get(_STATUS_D) else ():
        node = tree.get(path)
        if path.endswith(".md5sums") or node is None or node.entry.kind != EntryKind.FILE:
            continue
        if node.entry.content in seen:  # the same file under more names holds the same packages
            continue
        seen.update(filter(None, [node.entry.content]))
        found = _stateless(tree, path)
        for record in gathering.records(found, path):
            yield _Found(record, node.entry.path, node.layer, path)


def _stateless(tree: FileTree, path: str) -> Iterator[DpkgRecord | Damaged]:
    yield from parse_status(tree.read(path), stateless=True)


def _identity(record: DpkgRecord) -> PackageId:
    return (record.name, record.arch, record.version)


def _identities(content: bytes) -> list[PackageId]:
    records = (item for item in parse_status(content) if not isinstance(item, Damaged))
    return [_identity(record) for record in records if record.installed]


def _package(
    item: _Found, distro: Distro | None, depends: tuple[str, ...], names: tuple[str, ...]
) -> Package:
    record = item.record
    namespace = distro.id if distro else "debian"
    return Package(
        type=PackageType.DEB,
        name=record.name,
        version=record.version,
        purl=package_url(
            "deb", record.name, record.version, namespace, qualifiers(record.arch, distro)
        ),
        arch=record.arch,
        source_name=record.source_name,
        source_version=record.source_version,
        licences=names,
        depends=depends,
        location=item.location,
        layer=item.layer,
        origin=NAME,
    )


def _list_name(record: DpkgRecord, tree: FileTree) -> str:
    """Return the stem of a package's files in info: with the arch where several may stand."""
    qualified = f"{record.name}:{record.arch}"
    if record.multi_arch == "same" and tree.get(f"{_INFO}/{qualified}.list"):
        return qualified
    return record.name


def _owned(
    tree: FileTree, item: _Found, real: RealPaths, gathering: Gathering
) -> tuple[OwnedFile, ...]:
    if not gathering.takes_files:
        return ()
    try:
        sums = parse_md5sums(gathering.beside(tree, f"{item.lists}.md5sums"))
        listed = parse_list(gathering.beside(tree, f"{item.lists}.list"))
    except FormatError as error:
        gathering.partly_read(item.lists, f"owned files not read: {error}")
        return ()
    config = dict(item.record.conffiles)
    sums.update((path, digest) for path, digest in config.items() if digest or path not in sums)
    for path in listed - sums.keys():
        node = tree.lstat(path)
        if node is None or node.entry.kind != EntryKind.DIRECTORY:
            sums[path] = ""
    prefixes = real.prefixes
    return tuple(
        OwnedFile(
            real.of(path) if path.startswith(prefixes) else path,
            "md5:" + digest if digest else "",
            path in config,
        )
        for path, digest in sorted(sums.items())
    )


def _licences(tree: FileTree, name: str, gathering: Gathering) -> tuple[str, ...]:
    try:
        return licences(gathering.beside(tree, f"usr/share/doc/{name}/copyright"))
    except FormatError:
        return ()  # not kept: a licence that is not known is simply not stated
