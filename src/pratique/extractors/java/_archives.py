"""
Go through an archive and the archives inside it, and read what names packages.

Law: each archive is read by itself; one that is damaged or over a bound is told by its inner path,
and the others stand. Inner paths start with ``!`` once for each archive entered.
Bounds: ``Limits.archive_depth`` levels, ``archive_archives`` archives, ``archive_bytes`` unpacked;
no recursion. Only metadata and inner archives are unpacked, in the order they lie in the file.
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
    ".aar",
)
_INNER = tuple(suffix.encode() for suffix in SUFFIXES)
_MANIFEST = b"META-INF/MANIFEST.MF"
_MAVEN = b"META-INF/maven/"
_MAVEN_FILES = (b"/pom.properties", b"/pom.xml")
_PROPERTIES_BYTES = 64 << 10
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

    def __init__(self, archive: ZipArchive, place: str) -> None:
        """
        Read the manifest and what Maven wrote.

        Raises:
            FormatError: the archive's directory is damaged, or too much was unpacked.
        """
        self.place = place
        self.has_classes = False
        self.manifest: dict[str, str] = {}
        self.troubles: list[Trouble] = []
        self._archive = archive
        self._poms: dict[str, Member] = {}
        self._folders: dict[str, MavenFolder] = {}
        self._inner: list[Member] = []
        for member in sorted(archive.members(self._wants), key=lambda one: one.offset):
            try:
                self._take(member)
            except FormatError as error:
                self.troubles.append(Trouble(f"{place}!{member.name}", str(error)))

    def folders(self) -> Sequence[MavenFolder]:
        """Return the folders of META-INF/maven, in the order of the archive."""
        return tuple(self._folders.values())

    def pom(self, folder: MavenFolder) -> Pom | None:
        """Return the project of a folder's pom.xml; None where there is none that can be read."""
        member = self._poms.get(folder.path)
        if member is None:
            return None
        try:
            return parse_pom(self._archive.read(member, POM_BYTES))
        except FormatError as error:
            self.troubles.append(Trouble(f"{self.place}!{member.name}", str(error)))
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

    def _take(self, member: Member) -> None:
        folder, _, name = member.name.rpartition("/")
        if name == "pom.properties":
            self._folder(folder, parse_properties(self._archive.read(member, _PROPERTIES_BYTES)))
        elif name == "pom.xml":
            self._poms[folder] = member
            self._folder(folder, {})
        elif member.name.upper() == _MANIFEST.decode():
            self.manifest = parse_manifest(self._archive.start(member, MANIFEST_BYTES))
        elif member.size_bytes:
            self._inner.append(member)

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


def archives(file: BinaryIO, limits: Limits) -> Iterator[Archive | Trouble]:
    """
    Yield the archive in ``file`` and those inside it.

    Raises:
        FormatError: ``file`` itself is no archive.
    """
    budget = Budget(limits.archive_bytes)
    outer = ZipArchive(file, limits, budget)
    said = Archive(outer, "")
    yield said
    waiting, opened = _inside(said, outer, 0), 1
    while waiting:
        inner = waiting.pop()
        opened += 1
        reason = _forbidden(inner, opened, limits)
        if not reason:
            try:
                archive = ZipArchive(inner.around.open(inner.member), limits, budget)
                said = Archive(archive, inner.place)
            except FormatError as error:
                reason = str(error)
            else:
                yield said
                waiting += _inside(said, archive, inner.depth)
        if reason:
            yield Trouble(inner.place, reason)
        if waiting and (budget.is_spent or opened > limits.archive_archives):
            yield Trouble(waiting[-1].place, f"{len(waiting)} archives from here on were not read")
            return


def _forbidden(inner: _Waiting, opened: int, limits: Limits) -> str:
    if inner.depth > limits.archive_depth:
        return f"archives are nested more than {limits.archive_depth} deep (archive_depth)"
    if opened > limits.archive_archives:
        return f"more than {limits.archive_archives} archives in one (archive_archives)"
    return ""


def _inside(said: Archive, archive: ZipArchive, depth: int) -> list[_Waiting]:
    """Return the archives in one, the first last, as a stack takes them."""
    return [
        _Waiting(f"{said.place}!{member.name}", depth + 1, archive, member)
        for member in reversed(said.inner())
    ]
