"""
Tell which Maven package an archive is, and which it holds shaded copies of.

In order: the pom.properties that Maven wrote (the archive's own is the one its file name or its
manifest speaks of; the others are shaded copies), the pom.xml beside, the manifest, the file name.
The group of a package without Maven's files is taken from the manifest where its fields follow the
rules of Maven's plugins, or from a table of well-known artifacts. Where it stays unknown the name is
the artifact alone: advisories always name a group, so such a package is listed and never matched.
Source: maven-bundle-plugin, "Bundle-SymbolicName" (default from groupId and artifactId);
https://maven.apache.org/shared/maven-archiver (Implementation-Vendor-Id);
https://github.com/nebula-plugins/gradle-info-plugin (Implementation-Title).
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pratique.extractors.java._file_name import parted
from pratique.extractors.java._groups import (
    ORGANISATIONS,
    known_group,
    module_group,
    tomcat_artifact,
)
from pratique.formats.packages.damaged import is_word

_REPOSITORIES = ("repository", "maven-repo")
"""Folders that Maven and Debian keep a repository in."""


class Coordinates(Struct, frozen=True, order=True):
    """A Maven package; ``group`` may be empty."""

    group: str
    artifact: str
    version: str

    @property
    def name(self) -> str:
        """Return the full name."""
        return f"{self.group}:{self.artifact}" if self.group else self.artifact


class Identity(Struct, frozen=True):
    """The package an archive is (None: not known), and the copies inside it."""

    own: Coordinates | None
    shaded: tuple[Coordinates, ...] = ()


def identify(stem: str, manifest: Mapping[str, str], poms: Sequence[Coordinates]) -> Identity:
    """
    Return what an archive is.

    Args:
        stem: its file name without folder and suffix.
        manifest: main attributes by lower-cased name.
        poms: what its pom.properties and pom.xml files say, without doubles.

    >>> poms = [Coordinates("a.b", "c", "1"), Coordinates("x", "y", "2")]
    >>> identify("c-1", {}, poms).own.name, [one.name for one in identify("c-1", {}, poms).shaded]
    ('a.b:c', ['x:y'])
    >>> identify("commons-io-2.11.0", {}, []).own.name, identify("unheard-of-1.0", {}, []).own.name
    ('commons-io:commons-io', 'unheard-of')
    """
    own = _own(stem, manifest, poms)
    if own is None:
        return Identity(_from_manifest(stem, manifest), tuple(poms))
    return Identity(own, tuple(pom for pom in poms if pom != own))


def in_repository(path: str, what: Coordinates) -> Coordinates:
    """
    Return a package without a group with the group of the Maven repository it lies in.

    There its folders are the group's parts, the artifact and the version.

    >>> in_repository("root/.m2/repository/org/x/y/1.0/y-1.0.jar", Coordinates("", "y", "1.0")).name
    'org.x:y'
    >>> in_repository("srv/repository/y-1.0.jar", Coordinates("", "y", "1.0")).name
    'y'
    """
    parts = path.split("/")[:-1]
    if what.group or len(parts) < 4 or parts[-2:] != [what.artifact, what.version]:
        return what
    start = next((at + 1 for at, part in enumerate(parts) if part in _REPOSITORIES), 0)
    group = ".".join(parts[start:-2])
    return Coordinates(group, what.artifact, what.version) if start and is_word(group) else what


def _own(stem: str, manifest: Mapping[str, str], poms: Sequence[Coordinates]) -> Coordinates | None:
    """Return the pom that speaks of the archive itself."""
    artifact, version = parted(stem)
    exact = [pom for pom in poms if stem == f"{pom.artifact}-{pom.version}"]
    named = exact or [pom for pom in poms if pom.artifact in (artifact, stem)]
    begun = named or [pom for pom in poms if stem.startswith(f"{pom.artifact}-{pom.version}")]
    if begun:
        return max(
            begun,
            key=lambda pom: (
                pom.version == version,
                len(pom.artifact),
                _spoken_of(pom, manifest),
            ),
        )
    spoken = [pom for pom in poms if _spoken_of(pom, manifest)]
    if len(spoken) == 1:
        return spoken[0]
    if len(poms) == 1 and version in ("", poms[0].version):
        return poms[0]
    return None


def _spoken_of(pom: Coordinates, manifest: Mapping[str, str]) -> bool:
    """Return whether the manifest names a pom's artifact as the archive's."""
    symbolic = symbolic_name(manifest)
    if pom.artifact in (
        manifest.get("implementation-title"),
        manifest.get("extension-name"),
        symbolic,
    ):
        return True
    return bool(symbolic) and pom.group == _group_of_symbolic(symbolic, pom.artifact)


def _from_manifest(stem: str, manifest: Mapping[str, str]) -> Coordinates | None:
    artifact, said = parted(stem)
    symbolic = symbolic_name(manifest)
    if not said and "_" in stem and symbolic and stem.startswith(f"{symbolic}_"):
        artifact, said = symbolic, stem[len(symbolic) + 1 :]  # Eclipse: symbolic.name_version
    version = _version(said, manifest)
    if not version or not is_word(artifact):
        return None
    told = _group_of_title(manifest.get("implementation-title", ""), version)
    if told:
        return Coordinates(told, artifact, version)
    for name in (
        artifact,
        manifest.get("extension-name", ""),
        manifest.get("implementation-title", ""),
    ):
        # A title may be of the whole project or a part; a file name with a version says more.
        more = artifact.removeprefix(name) if name else artifact
        group = "" if said and more.strip("0123456789") else known_group(name, version)
        if group:
            return Coordinates(group, name, version)
    if _is_tomcat(manifest):
        return Coordinates("org.apache.tomcat", tomcat_artifact(artifact), version)
    return Coordinates(_group(artifact, version, manifest), artifact, version)


def _is_tomcat(manifest: Mapping[str, str]) -> bool:
    if manifest.get("implementation-title") == "Apache Tomcat":
        return True
    return symbolic_name(manifest).startswith(("org.apache.tomcat-", "org.apache.tomcat.jdbc"))


def symbolic_name(manifest: Mapping[str, str]) -> str:
    """Return the bundle's name without its directives."""
    return manifest.get("bundle-symbolicname", "").partition(";")[0].strip()


def _version(said: str, manifest: Mapping[str, str]) -> str:
    """
    Return the version, that of the file name first.

    What follows the manifest's version in a file name is a classifier.
    """
    stated = [
        manifest.get(field, "")
        for field in ("implementation-version", "bundle-version", "specification-version")
    ]
    if said:
        short = (
            one for one in stated if one and said.startswith(f"{one}-") and _classifies(said, one)
        )
        return next(short, said)
    return next((one for one in stated if one[:1].isdigit() and is_word(one)), "")


def _classifies(said: str, version: str) -> bool:
    """Return whether what ``said`` has more than ``version`` is no part of a version."""
    rest = said[len(version) + 1 :]
    return not rest[:1].isdigit() and rest.lower() not in ("jre", "android", "snapshot")


def _group(artifact: str, version: str, manifest: Mapping[str, str]) -> str:
    """
    Return the group that the manifest gives away, or nothing.

    Each rule was held against Maven Central: see the tests.
    """
    symbolic = symbolic_name(manifest)
    module = manifest.get("automatic-module-name", "")
    found = (
        _group_of_symbolic(symbolic, artifact)
        or _group_of_package(module, artifact)
        or module_group(module, artifact)
    )
    if found:
        return found
    first = artifact.partition("-")[0]
    for field in ("extension-name", "implementation-title"):
        name = manifest.get(field, "")
        if is_word(name) and "." in name and name.rpartition(".")[2] == first:
            return name  # Ant builds of Apache: "org.apache.lucene" for lucene-core
    vendor = manifest.get("implementation-vendor-id", "")
    # A shaded jar may keep the manifest of something it swallowed: its version gives it away.
    stated = manifest.get("implementation-version", "")
    if stated[:1].isdigit() and stated != version:
        return ""
    is_group = is_word(vendor) and ("." in vendor or vendor == artifact)
    return vendor if is_group and vendor not in ORGANISATIONS else ""


def _group_of_title(title: str, version: str) -> str:
    """
    Return the group in a title as Netflix's Nebula plugin for Gradle writes it.

    The artifact is the file's: Elasticsearch renames its projects when it publishes them.

    >>> _group_of_title("io.micrometer#micrometer-core;1.13.6", "1.13.6")
    'io.micrometer'
    >>> _group_of_title("io.micrometer#micrometer-core;1.13.6", "2.0"), _group_of_title("A; B", "B")
    ('', '')
    """
    head, _, said = title.rpartition(";")
    group, sign, project = head.partition("#")
    fits = sign and said == version and "." in group and is_word(group) and is_word(project)
    return group if fits else ""


def _group_of_symbolic(symbolic: str, artifact: str) -> str:
    """
    Return the group from which Maven's bundle plugin makes ``symbolic`` for ``artifact``.

    >>> _group_of_symbolic("com.fasterxml.jackson.core.jackson-databind", "jackson-databind")
    'com.fasterxml.jackson.core'
    >>> _group_of_symbolic("org.apache.logging.log4j.core", "log4j-core")
    'org.apache.logging.log4j'
    >>> _group_of_symbolic("org.apache.tomcat-juli", "tomcat-juli"), _group_of_symbolic("org.x.y", "z")
    ('org.apache.tomcat', '')
    """
    found = _group_of_package(symbolic, artifact)
    if found or not is_word(symbolic):
        return found
    head, _, last = symbolic.rpartition(".")
    section, hyphen, rest = artifact.partition("-")
    fits = hyphen and last in (rest, rest.replace("-", ".")) and head.endswith(f".{section}")
    return head if fits and head not in ORGANISATIONS else ""


def _group_of_package(name: str, artifact: str) -> str:
    """
    Return the group where ``name`` is group and artifact in one.

    An organisation is no group: its projects have groups of their own.

    >>> _group_of_package("org.jsoup", "jsoup"), _group_of_package("com.google.guava", "guava")
    ('org.jsoup', 'com.google.guava')
    """
    if not is_word(name) or not artifact or not name.endswith(f".{artifact}"):
        return ""
    group = name[: -len(artifact) - 1]
    if group.count(".") == 0 or group in ORGANISATIONS:
        return f"{group}.{artifact.partition('-')[0]}"
    return group
