"""
Find packages that were struck off the database while their programs stayed.

Told are: packages that a lower layer's database lists and the last one does not, though their
programs are still the ones of that lower layer; and dpkg's lists of files of packages that the
status file does not know. Removing a package removes its programs, an upgrade or a package that takes
over its files writes them anew, and dpkg deletes its lists: none of that shows here. Packages whose
settings alone stayed (state ``config-files``) are in the status file. Bounds: at most
``HISTORY_BYTES`` of older databases are read.
"""

from collections.abc import Iterable, Iterator

from pratique.formats.packages.apk import parse_installed
from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.dpkg import parse_list, parse_status
from pratique.model.errors import FormatError
from pratique.model.package import LayerRef, PackageType
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting
from pratique.tamper._databases import FILES
from pratique.tamper._programs import is_program
from pratique.tamper.interface import Scene

NAME = "unlisted-package"
TITLE = "packages were struck off the database while their programs stayed"
SEVERITY = Severity.MEDIUM
RULES = {
    NAME: (
        "A lower layer, or a list of files beside the database, names a package that the image's "
        "package database does not list, though the package's programs are in the image as that "
        "package brought them. Package managers do not leave this behind: somebody edited the "
        "database, so that scanners report no vulnerability of the package. The evidence names the "
        "packages. Treat them as installed, and find out who made the layer."
    )
}
_MUSL = "P:musl\nV:1.2.4-r2\nA:x86_64\nF:lib\nR:libc.so\n\n"
_CURL = "P:curl\nV:8-r0\nA:x86_64\nF:usr/bin\nR:curl\n\n"
_DPKG = "Package: {}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
_FILES = (("lib/libc.so", "x"), ("usr/bin/curl", "x"))
FIRES = (
    (
        (("lib/apk/db/installed", _MUSL + _CURL), *_FILES),
        (("lib/apk/db/installed", _MUSL),),
    ),
    (
        (
            ("var/lib/dpkg/status", _DPKG.format("libc6")),
            ("var/lib/dpkg/info/curl.list", "/.\n/usr\n/usr/bin\n/usr/bin/curl\n"),
            *_FILES,
        ),
    ),
    (
        (
            ("var/lib/dpkg/status", _DPKG.format("libc6") + _DPKG.format("curl")),
            ("var/lib/dpkg/info/curl.list", "/.\n/usr\n/usr/bin\n/usr/bin/curl\n"),
            *_FILES,
        ),
        (
            ("var/lib/dpkg/status", _DPKG.format("libc6")),
            ("var/lib/dpkg/info/.wh.curl.list", ""),
        ),
    ),
)
SILENT = (
    (
        (("lib/apk/db/installed", _MUSL + _CURL), *_FILES),
        (("lib/apk/db/installed", _MUSL), ("usr/bin/.wh.curl", "")),
    ),
    (
        (("lib/apk/db/installed", _MUSL + _CURL), *_FILES),
        (("lib/apk/db/installed", _MUSL), ("usr/bin/curl", "another program")),
    ),
    (
        (
            (
                "var/lib/dpkg/status",
                _DPKG.format("curl").replace("install ok installed", "deinstall ok config-files"),
            ),
            ("var/lib/dpkg/info/curl.list", "/.\n/etc\n/etc/curlrc\n"),
            *_FILES,
        ),
    ),
)
HISTORY_BYTES = 64 << 20
_INFO = "var/lib/dpkg/info"
_FIELDS = {PackageType.DEB: b"Package: ", PackageType.APK: b"P:"}


def look(scene: Scene) -> Iterable[Sighting]:
    """
    Return one sighting for each package manager whose database was edited.

    Raises:
        FormatError: one could not be read whole; what was seen in all of them is told before.
    """
    problems: list[FormatError] = []
    for manager in _FIELDS:
        for path in FILES[manager]:
            places = list(_struck(scene, manager, path, problems))
            if places:
                yield Sighting(
                    places=tuple(places[:SHOWN]),
                    more=len(places[SHOWN:]),
                    layer=scene.tree.layer_of(path),
                )
    if problems:
        raise problems[0]


def _struck(
    scene: Scene, manager: PackageType, path: str, problems: list[FormatError]
) -> Iterator[Place]:
    """Yield a place for each package that is missing from the database at ``path``."""
    versions = scene.tree.versions(path)
    if not versions or scene.tree.get(path) is None:
        return
    top = versions[-1][1]
    listed = _names(manager, top)
    if not listed:
        return  # emptied: a hidden database
    if manager is PackageType.DEB:
        yield from _orphan_lists(scene, listed)
    seen = set(listed)
    room = HISTORY_BYTES
    for position in range(len(versions) - 2, -1, -1):
        layer, content = versions[position]
        room -= len(content)
        if room < 0:
            return
        lost = _names(manager, content) - seen
        seen |= lost
        if lost and layer is not None:
            try:
                yield from _standing(scene, manager, (layer, content), lost)
            except FormatError as error:  # one layer's database hides not what others say
                problems.append(error)


def _names(manager: PackageType, content: bytes) -> set[bytes]:
    """Return the names of all packages of a database, whatever their state; cheap."""
    field = _FIELDS[manager]
    parts = (b"\n" + content).split(b"\n" + field)[1:]
    return {part.partition(b"\n")[0].strip() for part in parts}


def _standing(
    scene: Scene, manager: PackageType, version: tuple[LayerRef, bytes], lost: set[bytes]
) -> Iterator[Place]:
    """Yield a place for each lost package whose programs are those of that layer or below."""
    layer, content = version
    for name, files in _files(
        scene, manager, content, {one.decode("utf-8", "replace") for one in lost}
    ):
        programs = [path for path in files if is_program(path)]
        stays = [path for path in programs if _stands(scene, path, layer.index)]
        if stays and 2 * len(stays) >= len(programs):
            yield Place(
                stays[0], f"of {name}, which layer {layer.index} listed and a later one not"
            )


def _stands(scene: Scene, path: str, layer: int) -> bool:
    node = scene.tree.lstat(path)
    return node is not None and node.layer is not None and node.layer.index <= layer


def _files(
    scene: Scene, manager: PackageType, content: bytes, lost: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield name and version of the lost packages of an older database, with their files."""
    if manager is PackageType.APK:
        for found in parse_installed(content):
            if not isinstance(found, Damaged) and found.name in lost:
                yield f"{found.name} {found.version}", [file.path for file in found.files]
        return
    for record in parse_status(content):
        if not isinstance(record, Damaged) and record.installed and record.name in lost:
            for stem in (record.name, f"{record.name}:{record.arch}"):
                for _, listing in scene.tree.versions(f"{_INFO}/{stem}.list")[-1:]:
                    yield f"{record.name} {record.version}", sorted(_listed(listing))


def _orphan_lists(scene: Scene, listed: set[bytes]) -> Iterator[Place]:
    """Yield a place for each of dpkg's lists of files that belongs to no package of the status."""
    known = {name.decode("utf-8", "replace") for name in listed}
    tree = scene.tree
    for path in tree.children(_INFO) if tree.get(_INFO) else ():
        name, dot, ending = path.rpartition("/")[2].rpartition(".")
        if ending != "list" or not dot or name.partition(":")[0] in known:
            continue
        try:
            programs = sorted(filter(is_program, _listed(tree.read(path))))
        except FormatError:
            continue  # not kept: the extractor of dpkg says so
        stays = [program for program in programs if tree.lstat(program)]
        if stays and 2 * len(stays) >= len(programs):
            yield Place(stays[0], f"of {name}, whose list of files is there and whose row is not")


def _listed(content: bytes) -> set[str]:
    try:
        return parse_list(content)
    except FormatError:
        return set()
