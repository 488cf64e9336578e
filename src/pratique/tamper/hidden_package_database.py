"""
Find package databases that were hidden while the programs they speak of stayed.

Told are: a database that a lower layer holds and a later one deleted, emptied or covered, when no
other database of the manager is left and programs of those layers still are; a database that is
a link or no file at all; two databases of rpm that name different packages; and an image that names
its distribution, has no database, and keeps one under a name no tool reads. Images that never had a database
(scratch, distroless static, the last stage of a multi-stage build) show nothing, nor do conversions
(rpm's change of formats, dpkg's status to status.d). Deleting the database to save space shows as
well, and must: the image then runs programs that no scanner can name.
"""

from collections.abc import Iterable, Iterator

from pratique.model.layer import EntryKind
from pratique.model.package import PackageType
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting
from pratique.tamper._databases import FILES, MANAGERS, present, written
from pratique.tamper._programs import is_program
from pratique.tamper.interface import Scene

NAME = "hidden-package-database"
TITLE = "a package database is hidden while the programs it speaks of are there"
SEVERITY = Severity.MEDIUM
RULES = {
    NAME: (
        "The image holds programs of a Linux distribution, but the database that says which "
        "packages they are was deleted, emptied, covered by a later layer, moved to a place that "
        "no tool reads, made a link, or disagrees with a second one. Scanners then see none of the "
        "packages, or other packages than the package manager does, and report too little. Some do "
        "this to save space (rm -rf /var/lib/dpkg): the price is that nobody can say what is "
        "vulnerable. Keep the database; to make an image small, copy what is needed into an image "
        "that never had it, with its own database (distroless, chiselled)."
    )
}
_APK = "P:musl\nV:1.2.4-r2\nA:x86_64\nF:bin\nR:x\n\n"
FIRES = (
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("lib/apk/db/.wh.installed", ""),)),
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("lib/apk/.wh.db", ""),)),
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("lib/apk/db/installed", ""),)),
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("lib/apk/db/.wh..wh..opq", ""),)),
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("lib/apk", "-> ../tmp"),)),
    ((("lib/apk/db/installed", "-> ../../../opt/x"), ("opt/x", _APK), ("bin/x", "x")),),
    ((("etc/os-release", "ID=alpine"), ("opt/lib/apk/db/installed", _APK), ("bin/x", "x")),),
    ((("var/lib/dpkg/status", "c 1:3"), ("bin/x", "x")),),
)
SILENT = (
    ((("etc/os-release", "ID=alpine"), ("bin/x", "x")),),
    ((("srv/root/lib/apk/db/installed", _APK), ("bin/x", "x")),),
    ((("lib/apk/db/installed", _APK), ("bin/x", "x")), (("etc/motd", "x"),)),
    (
        (("lib/apk/db/installed", _APK), ("bin/x", "x")),
        (("lib/apk/db/.wh.installed", ""), ("usr/lib/apk/db/installed", _APK)),
    ),
    (
        (("lib/apk/db/installed", _APK), ("bin/x", "x")),
        (("lib/apk/.wh.db", ""), ("bin/.wh.x", "")),
    ),
    (
        (("lib/apk/db/installed", _APK), ("bin/x", "x")),
        (("lib/apk/db/installed", _APK), ("srv/root/lib/apk/db/installed", _APK)),
    ),
)
_HIDING = (EntryKind.WHITEOUT, EntryKind.OPAQUE)
_COPIES = ("/apk/db/installed", "/dpkg/status", "/rpmdb.sqlite", "/rpm/Packages", "/Packages.db")


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for each database that is hidden, or of a strange kind."""
    for manager in MANAGERS:
        yield from _gone(scene, manager)
        yield from _strange(scene, manager)
    yield from _disagreeing(scene)
    if scene.distro and not any(present(scene.tree, manager) for manager in MANAGERS):
        yield from _elsewhere(scene)


def _gone(scene: Scene, manager: PackageType) -> Iterator[Sighting]:
    """Yield the sighting of a database that a lower layer wrote and nothing is left of."""
    if present(scene.tree, manager):
        return
    lost = list(written(scene.tree, manager))
    if not lost:
        return
    path, layer = max(lost, key=lambda one: (one[1], one[0]))
    stays = _programs_of(scene, layer)
    if not stays:
        return
    by = _who_hid(scene, path, layer)
    note = (
        f"layer {layer} holds this database of {manager}, layer {by} hides it; {stays} programs and "
        f"libraries of layers up to {layer} are still there"
    )
    yield Sighting(places=(Place(path, note),), more=len(lost) - 1, layer=scene.tree.refs[by])


def _programs_of(scene: Scene, layer: int) -> int:
    return sum(leaf.layer <= layer and is_program(leaf.entry.path) for leaf in scene.tree.leaves())


def _who_hid(scene: Scene, path: str, layer: int) -> int:
    """Return the first layer above ``layer`` that has something at the path or above it."""
    above = {path.rsplit("/", n)[0] for n in range(path.count("/") + 1)}
    for index in range(layer + 1, len(scene.facts)):
        for entry in scene.facts[index].entries:
            if entry.path in above and (
                entry.kind in _HIDING or entry.path == path or entry.kind is not EntryKind.DIRECTORY
            ):
                return index
    return layer


def _strange(scene: Scene, manager: PackageType) -> Iterator[Sighting]:
    """Yield the sighting of a database's path at which no regular file stands."""
    for path in FILES.get(manager, ()):
        node = scene.tree.lstat(path)
        if node is None or node.entry.kind is EntryKind.FILE:
            continue
        what = node.entry.kind.name.lower().replace("_", " ")
        what += f" to {node.entry.link}" if node.entry.kind is EntryKind.SYMLINK else ""
        note = f"not a file but a {what}, so tools differ on what the database says"
        yield Sighting(places=(Place(path, note),), layer=node.layer)


def _disagreeing(scene: Scene) -> Iterator[Sighting]:
    """Yield the sighting of two rpm databases of which the second names further packages."""
    first = next((path for path in FILES[PackageType.RPM] if scene.tree.get(path)), "")
    node = scene.tree.get(first) if first else None
    if node is None:
        return
    others = {
        package.location: package
        for package in scene.packages
        if package.type is PackageType.RPM and package.location != node.entry.path
    }
    for path, package in sorted(others.items()):
        note = f"lists {package.name} {package.version}, which {node.entry.path} does not"
        yield Sighting(places=(Place(path, note),), layer=package.layer)


def _elsewhere(scene: Scene) -> Iterator[Sighting]:
    """Yield the sighting of databases at places no tool reads, in an image that has no other."""
    known = {path for paths in FILES.values() for path in paths}
    found = sorted(
        leaf.entry.path
        for leaf in scene.tree.leaves()
        if leaf.entry.kind is EntryKind.FILE
        and leaf.entry.size_bytes
        and _is_copy(leaf.entry.path)
        and leaf.entry.path not in known
    )
    if found and _programs_of(scene, len(scene.tree.refs)):
        note = "named like a package database, at a place where no tool reads one"
        places = tuple(Place(path, note) for path in found[:SHOWN])
        layer = scene.tree.layer_of(found[0])
        yield Sighting(places=places, more=len(found) - len(places), layer=layer)


def _is_copy(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return path.endswith(_COPIES) or (
        folder in ("var/lib/dpkg", "lib/apk/db", "usr/lib/apk/db", "var/lib/rpm")
        and name.startswith(("status", "installed", "Packages", "rpmdb"))
    )
