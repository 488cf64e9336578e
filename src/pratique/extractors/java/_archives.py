"""
Go through an archive and the archives inside it, and read what names packages.

Law: each archive is read by itself; one that is damaged or over a bound is told by its inner path,
and the others stand. Inner paths start with ``!`` once for each archive entered.
Bounds: ``Limits.archive_depth`` levels, ``archive_archives`` archives, ``archive_bytes`` unpacked,
``path_bytes`` of a name, ``archive_lines`` of metadata; no recursion. Only metadata and
inner archives are unpacked, in the order they lie in the file.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct

from pratique.formats.java.manifest import MANIFEST_BYTES, parse_manifest
from pratique.formats.java.pom import POM_BYTES, Pom, parse_pom
from pratique.formats.java.properties import parse_properties
from pratique.formats.zip.archive import Budget, Member, ZipArchive
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

SUFFIXES = (
    ".jar",
    ".war",
    ".ear",
    ".par",
    ".sar",
    ".nar",
    ".jpi",
    ".hpi",
    ".kar",
    ".far",
    ".lpkg",
    ".rar",
    ".zap",
)
_INNER = tuple(suffix.encode() for suffix in SUFFIXES)
_MANIFEST = b"META-INF/MANIFEST.MF"
_MAVEN = b"META-INF/maven/"
_MAVEN_FILES = (b"/pom.properties", b"/pom.xml")
_PROPERTIES_BYTES = 16 << 10
_MOST_TROUBLES = 1000
_SHOWN = 200
_MOST_MAVEN_FILES = 2000
"""Folders of META-INF/maven in one archive; the largest shaded ones hold some hundreds."""


class Trouble(Struct, frozen=True):
    """An archive, or a member of one, that was not read, and why."""

    place: str
    reason: str


class MavenFolder(Struct, frozen=True, kw_only=True):
    """
    A folder ``META-INF/maven/group/artifact``, by what its path and its pom.properties say.

    ``version`` is empty where there is no pom.properties, or none of use.
    """

    path: str
    group: str
    artifact: str
    version: str = ""


class Archive:
    """
    What one archive says of itself, to be asked before the next one is taken.

    ``place`` is empty, or the path in the file: ``!lib/a.jar!b.jar``. ``troubles`` are members that
    could not be read.
    """

    def __init__(self, archive: ZipArchive, place: str, walk: "_Walk") -> None:
        """
        Read the manifest and what Maven wrote.

        Raises:
            FormatError: the archive's directory is damaged.
        """
        self.place = place
        self.has_classes = False
        self.manifest: dict[str, str] = {}
        self.troubles: list[Trouble] = []
        self._archive, self._walk = archive, walk
        self._poms: dict[str, Member] = {}
        self._folders: dict[str, MavenFolder] = {}
        self._inner: list[Member] = []
        for member in sorted(archive.members(self._wants), key=lambda one: one.offset):
            try:
                self._take(member)
            except FormatError as error:
                self._tell(member, str(error))
            if len(self.troubles) > _MOST_TROUBLES or walk.is_over():
                self.troubles.append(Trouble(place, "the rest of the archive was not read"))
                break

    def folders(self) -> Sequence[MavenFolder]:
        """Return the folders of META-INF/maven, in the order of the archive."""
        return tuple(self._folders.values())

    def pom(self, folder: MavenFolder) -> Pom | None:
        """Return the project of a folder's pom.xml; None where there is none that can be read."""
        member = self._poms.get(folder.path)
        if member is None:
            return None
        try:
            content = self._archive.read(member, POM_BYTES)
            self._walk.lines.spend(content.count(b"<"))
            return parse_pom(content)
        except FormatError as error:
            self._tell(member, str(error))
            return None

    def inner(self) -> Sequence[Member]:
        """Return the archives inside, in the order of the file."""
        return self._inner

    def _wants(self, name: bytes) -> bool:
        if name.endswith(b".class"):
            self.has_classes = True
            return False
        if name.endswith(_INNER):
            return True
        return (name.endswith(_MAVEN_FILES) and _MAVEN in name) or name.upper() == _MANIFEST

    def _tell(self, member: Member, reason: str) -> None:
        self.troubles.append(Trouble(f"{self.place}!{member.name[:_SHOWN]}", reason))

    def _take(self, member: Member) -> None:
        if len(member.name) > self._walk.limits.path_bytes:
            raise LimitExceeded(f"a name of {len(member.name)} characters (path_bytes)")
        folder, _, name = member.name.rpartition("/")
        if name == "pom.properties":
            self._folder(folder, parse_properties(self._lines(member, _PROPERTIES_BYTES)))
        elif name == "pom.xml":
            self._poms[folder] = member
            self._folder(folder, {})
        elif member.name.upper() == _MANIFEST.decode():
            self.manifest = parse_manifest(self._lines(member, MANIFEST_BYTES))
        elif len(self._inner) > self._walk.limits.archive_archives:
            raise LimitExceeded("too many archives in one (archive_archives)")
        elif member.size_bytes:
            self._inner.append(member)

    def _lines(self, member: Member, most: int) -> bytes:
        """Return the start of a file of lines, counted."""
        content = self._archive.start(member, most)
        self._walk.lines.spend(content.count(b"\n") + content.count(b"\r"))
        return content

    def _folder(self, path: str, said: dict[str, str]) -> None:
        if path in self._folders and not said:
            return
        if len(self._folders) >= _MOST_MAVEN_FILES:
            raise LimitExceeded(f"more than {_MOST_MAVEN_FILES} Maven projects in one archive")
        group, _, artifact = path.rpartition("/")
        group = group.rpartition("/")[2]
        self._folders[path] = MavenFolder(
            path=path,
            group=said.get("groupId", "") or group,
            artifact=said.get("artifactId", "") or artifact,
            version=said.get("version", ""),
        )


class _Waiting(Struct, frozen=True):
    """An archive that is still to be opened."""

    place: str
    depth: int
    around: ZipArchive
    member: Member


class _Walk:
    """Hold what all archives of one file share."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.unpacked = Budget(limits.archive_bytes)
        self.lines = Budget(limits.archive_lines, "lines of metadata (archive_lines)")
        self._inner = Budget(limits.archive_archives, "archives (archive_archives)")

    def open(self, file: BinaryIO, place: str) -> tuple[ZipArchive, Archive]:
        archive = ZipArchive(file, self.limits, self.unpacked)
        return archive, Archive(archive, place, self)

    def enter(self, inner: _Waiting) -> tuple[ZipArchive, Archive]:
        self._inner.spend(1)
        if inner.depth > self.limits.archive_depth:
            most = self.limits.archive_depth
            raise LimitExceeded(f"archives are nested more than {most} deep (archive_depth)")
        return self.open(inner.around.open(inner.member), inner.place)

    def is_over(self) -> bool:
        """Return whether a bound on all archives together was reached."""
        return self.unpacked.is_spent or self.lines.is_spent or self._inner.is_spent

    def reason(self) -> str:
        """Return which bound it was."""
        budgets = (self.unpacked, self.lines, self._inner)
        return next((str(one) for one in budgets if one.is_spent), "")


def archives(file: BinaryIO, limits: Limits) -> Iterator[Archive | Trouble]:
    """
    Yield the archive in ``file`` and those inside it.

    Raises:
        FormatError: ``file`` itself is no archive.
    """
    walk = _Walk(limits)
    archive, said = walk.open(file, "")
    yield said
    waiting = _inside(said, archive, 0)
    while waiting:
        inner = waiting.pop()
        if walk.is_over():
            reason = f"{len(waiting) + 1} archives from here on were not read: {walk.reason()}"
            yield Trouble(inner.place, reason)
            return
        try:
            archive, said = walk.enter(inner)
        except FormatError as error:
            yield Trouble(inner.place, str(error))
        else:
            yield said
            waiting += _inside(said, archive, inner.depth)


def _inside(said: Archive, archive: ZipArchive, depth: int) -> list[_Waiting]:
    """Return the archives in one, the first last, as a stack takes them."""
    return [
        _Waiting(f"{said.place}!{member.name}", depth + 1, archive, member)
        for member in reversed(said.inner())
    ]
