"""
List the packages in Java archives: jar, war, ear and their kin, archives inside them included.

Each archive is one package (see ``_identity``), listed at its own path; a copy shaded into it is
listed at ``!META-INF/maven/group/artifact``. What an archive is stays unknown where neither Maven's
files nor the manifest nor the file name gives a name and a version. With classes in it that is said;
without any, or with archives around which it is the application, no package is missing. Licences and dependencies are those of the
package's own pom.xml; of the dependencies those that are in the same file.
Bounds: as ``_archives``.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from pratique.extractors.interface import partly_read
from pratique.extractors.java._archives import SUFFIXES, Archive, MavenFolder, Trouble, archives
from pratique.extractors.java._identity import Coordinates, identify, in_repository
from pratique.formats.java.pom import Pom
from pratique.formats.packages.damaged import is_word
from pratique.formats.purl import language_purl
from pratique.formats.zip.archive import is_zip
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Unknown

NAME = "jar"
VERSION = 1
PATTERNS = Patterns(suffixes=SUFFIXES, max_bytes=DEFAULT.unit_file_bytes)
_OTHER_FORMATS = (".rar", ".par")
"""Suffixes that other formats have as well (RAR archives, Perl archives)."""
_MOST_TROUBLES = 15
_NOT_AT_RUN_TIME = frozenset({"test", "provided", "system", "import"})


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of one archive and of those inside it."""
    return extract(file, DEFAULT)


def extract(file: LayerFile, limits: Limits) -> Extraction:
    """Return the packages within other bounds."""
    opened = file.open()
    if file.path.endswith(_OTHER_FORMATS) and not is_zip(opened):
        return Extraction()
    found = _Found(limits)
    for archive in archives(opened, limits):
        if isinstance(archive, Trouble):
            found.tell((archive,))
        else:
            found.take(archive, archive.place or file.path)
    return found.done()


def _stem(path: str) -> str:
    """
    Return the name of an archive without folders and suffix.

    >>> _stem("!BOOT-INF/lib/a-1.0.jar"), _stem("opt/app.jar!b.war"), _stem("plain")
    ('a-1.0', 'b', 'plain')
    """
    name = path.rpartition("!")[2].rpartition("/")[2]
    stem, dot, _ = name.rpartition(".")
    return stem if dot else name


class _Found:
    """Gather what the archives of one file say."""

    def __init__(self, limits: Limits) -> None:
        self._troubles: list[Trouble] = []
        self._left_out = 0
        self._most = limits.packages
        self._packages: dict[str, Package] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._nameless: list[str] = []

    def take(self, archive: Archive, path: str) -> None:
        """
        Take one archive; ``path`` is its own place in the file, or that of the file.

        Raises:
            LimitExceeded: more than ``Limits.packages`` packages.
        """
        folders = _folders(archive)
        identity = identify(_stem(path), archive.manifest, tuple(folders))
        if identity.own:
            folder = folders.get(identity.own)
            pom = archive.pom(folder) if folder else None
            own = in_repository(path, identity.own)
            self._add(own, archive.place, _licences(pom, archive.manifest), _needs(pom))
        elif archive.has_classes and not identity.shaded and not archive.inner():
            self._nameless.append(archive.place)
        for copy in identity.shaded:
            self._add(copy, f"{archive.place}!{folders[copy].path}")
        self.tell(archive.troubles)

    def tell(self, troubles: Iterable[Trouble]) -> None:
        """Remember what was not read; of many their number."""
        for trouble in troubles:
            if len(self._troubles) < _MOST_TROUBLES:
                self._troubles.append(trouble)
            else:
                self._left_out += 1

    def done(self) -> Extraction:
        """Return the packages in the order they were met, and what was not read."""
        names = {package.name for package in self._packages.values()}
        return Extraction(
            packages=tuple(
                replace(package, depends=tuple(sorted(names.intersection(self._needs[key]))))
                for key, package in self._packages.items()
            ),
            unknowns=tuple(self._unknowns()),
        )

    def _add(
        self,
        what: Coordinates,
        place: str,
        licences: tuple[str, ...] = (),
        needs: tuple[str, ...] = (),
    ) -> None:
        package = Package(
            type=PackageType.MAVEN,
            name=what.name,
            version=what.version,
            purl=language_purl(PackageType.MAVEN, what.name, what.version),
            licences=licences,
            location=place,
            origin=NAME,
        )
        self._packages.setdefault(package.key, package)
        self._needs.setdefault(package.key, needs)
        if len(self._packages) > self._most:
            raise LimitExceeded(f"more than {self._most} packages in one archive (packages)")

    def _unknowns(self) -> Iterator[Unknown]:
        for trouble in self._troubles:
            yield partly_read(NAME, trouble.place, trouble.reason)
        if self._left_out:
            yield partly_read(NAME, "", f"{self._left_out} more members were not read")
        if self._nameless:
            first, count = self._nameless[0], len(self._nameless)
            reason = "holds classes, and nothing says of which package and version"
            others = f" (so {count - 1} other archives in this file)" if count > 1 else ""
            yield partly_read(NAME, first, reason + others)


def _folders(archive: Archive) -> dict[Coordinates, MavenFolder]:
    """Return what Maven's files say, each package once."""
    found: dict[Coordinates, MavenFolder] = {}
    for folder in archive.folders():
        what = Coordinates(folder.group, folder.artifact, folder.version)
        if not _is_sound(what):
            pom = archive.pom(folder)
            what = Coordinates(pom.group, pom.artifact, pom.version) if pom else what
        if _is_sound(what):
            found.setdefault(what, folder)
    return found


def _is_sound(what: Coordinates) -> bool:
    """Return whether all three are words, nothing left for Maven to fill in."""
    return all(
        is_word(part) and "${" not in part for part in (what.group, what.artifact, what.version)
    )


def _licences(pom: Pom | None, manifest: Mapping[str, str]) -> tuple[str, ...]:
    """
    Return what the project states, else what the bundle does.

    >>> _licences(None, {"bundle-license": '"Apache-2.0";link="https://x", MIT'})
    ('Apache-2.0', 'MIT')
    """
    if pom and pom.licences:
        return pom.licences
    clauses = manifest.get("bundle-license", "").split(",")
    names = (clause.partition(";")[0].strip().strip('"') for clause in clauses)
    return tuple(dict.fromkeys(name for name in names if name))


def _needs(pom: Pom | None) -> tuple[str, ...]:
    if pom is None:
        return ()
    return tuple(
        f"{one.group}:{one.artifact}"
        for one in pom.dependencies
        if one.scope not in _NOT_AT_RUN_TIME
    )
