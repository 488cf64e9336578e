"""
Find packages that the database lists as installed and whose programs are not in the image.

Counted are recorded programs and shared libraries only, so images without manuals, locales and
licences (path excludes of Debian's slim images, rpm's nodocs) show nothing. A package is hollow
when at least half of its programs and libraries are absent. Such a database speaks of another
system than the one in the image: advisories are matched against packages that are not there, and
what is there instead is nobody's. Images that were thinned by deleting large programs show it too,
rightly; where a layer of the image deleted the files, the words say which.
"""

from collections.abc import Iterable, Iterator

from pratique.model.layer import EntryKind
from pratique.model.package import OwnedFile, Package
from pratique.model.severity import Severity
from pratique.model.sighting import SHOWN, Place, Sighting
from pratique.tamper._programs import is_program
from pratique.tamper.interface import Scene

NAME = "package-files-missing"
TITLE = "packages are listed as installed whose programs are not in the image"
SEVERITY = Severity.LOW
RULES = {
    NAME: (
        "The package database lists packages as installed, but half or more of the programs and "
        "libraries that it records for them are not in the image. Manuals, locales, licences and "
        "settings do not count. Somebody deleted programs and left the database (to make the image "
        "smaller, or harder to misuse), or the database was put there to show other packages than "
        "those that run. Findings for these packages may be of no consequence, and programs that "
        "replace them are not covered by any package. Remove packages with the package manager. "
        "The severity is low, or medium where more than a quarter of the packages with programs "
        "are hollow, three at least."
    )
}
_INSTALLED = (
    "P:a\nV:1-r0\nA:x86_64\nF:bin\nR:a\nF:usr/lib\nR:liba.so.1\nF:usr/share/doc\nR:a.txt\n\n"
)
FIRES = (
    ((("lib/apk/db/installed", _INSTALLED), ("usr/share/doc/a.txt", "x")),),
    (
        (("lib/apk/db/installed", _INSTALLED), ("bin/a", "x"), ("usr/lib/liba.so.1", "x")),
        (("bin/.wh.a", ""),),
    ),
)
SILENT = (
    ((("lib/apk/db/installed", _INSTALLED), ("bin/a", "x"), ("usr/lib/liba.so.1", "x")),),
    (
        (
            ("lib/apk/db/installed", _INSTALLED),
            ("bin", "-> usr/bin"),
            ("usr/bin/a", "x"),
            ("usr/lib/liba.so.1", "x"),
        ),
    ),
)
_FEW = 3
_SHARE = 4


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for the image, hollow packages by name."""
    hollow: list[tuple[Package, list[str], int]] = []
    solid = 0
    for package, files in _recorded(scene):
        missing = [file.path for file in files if scene.tree.lstat(file.path) is None]
        if 2 * len(missing) >= len(files):
            hollow.append((package, missing, len(files)))
        else:
            solid += 1
    if not hollow:
        return
    deleted = _deletions(scene)
    places = tuple(
        Place(missing[0], _note(package, len(missing), count, deleted.get(missing[0])))
        for package, missing, count in hollow[:SHOWN]
    )
    many = len(hollow) >= _FEW and len(hollow) * _SHARE > len(hollow) + solid
    yield Sighting(
        places=places,
        more=len(hollow) - len(places),
        severity=Severity.MEDIUM if many else Severity.LOW,
    )


def _recorded(scene: Scene) -> Iterator[tuple[Package, list[OwnedFile]]]:
    """Yield each package that records programs, with these."""
    for package in scene.packages:
        files = [
            file
            for file in scene.owned.get(package.key, ())
            if is_program(file.path) and not file.config
        ]
        if files:
            yield package, files


def _deletions(scene: Scene) -> dict[str, int]:
    """Return path -> index of the highest layer whose whiteout names it."""
    return {
        entry.path: layer
        for layer, facts in enumerate(scene.facts)
        for entry in facts.entries
        if entry.kind is EntryKind.WHITEOUT
    }


def _note(package: Package, missing: int, count: int, layer: int | None) -> str:
    by = "" if layer is None else f"; layer {layer} deleted it"
    return (
        f"{package.name} {package.version} lists it; {missing} of its {count} programs and "
        f"libraries are absent{by}"
    )
