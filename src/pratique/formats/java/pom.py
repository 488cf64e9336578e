"""
Read a Maven project (pom.xml) as far as the file alone tells.

Law: ``${…}`` is replaced by what the same file defines (its properties, its own and its parent's
coordinates); what stays unresolved makes the value empty. No parent, no imported list and nothing
of the network is read, and a document type declaration is refused. A version is a pin: a range
(``[1.0,2.0)``), ``LATEST`` and ``RELEASE`` are none.
Bounds: one file of at most 16 MiB, nested at most 64 deep, 10 rounds of replacement of at most 20 names in 1 KiB.
Source: https://maven.apache.org/pom.html, https://maven.apache.org/guides/introduction/
introduction-to-the-pom.html (project interpolation).
"""

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from pratique.model.errors import FormatError

if TYPE_CHECKING:
    from pratique.formats.feeds.xml_records import Element

POM_BYTES = 4 << 20
_TREE_BYTES = 4 << 20
"""Elements and text of a project; the largest lists of managed versions have a quarter."""
_ROUNDS = 10
_TEXT_CHARS = 1024
_MOST_PARTS = 20
_MOVING = frozenset({"LATEST", "RELEASE"})


class Dependency(Struct, frozen=True, kw_only=True):
    """One dependency; ``version`` is empty where the file does not pin it."""

    group: str
    artifact: str
    version: str = ""
    scope: str = ""
    optional: bool = False


class Pom(Struct, frozen=True, kw_only=True):
    """
    One project.

    ``group`` and ``version`` are its parent's where it states none. ``managed`` are the entries of
    dependencyManagement: versions of what other files may use.
    """

    group: str = ""
    artifact: str = ""
    version: str = ""
    packaging: str = "jar"
    licences: tuple[str, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    managed: tuple[Dependency, ...] = ()


def parse_pom(content: bytes) -> Pom:
    """
    Return the project of a pom.xml.

    Raises:
        FormatError: not XML, with a document type, or no project.

    >>> parse_pom(b"<project><groupId>g</groupId><artifactId>a</artifactId>"
    ...           b"<properties><v>1</v></properties><version>${v}.2</version></project>").version
    '1.2'
    """
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    project = next(records(BytesIO(content), {"project"}, _TREE_BYTES), None)
    if project is None:
        raise FormatError("no Maven project in it")
    values = _values(project)
    return Pom(
        group=_resolved(values.get("project.groupId", ""), values),
        artifact=_resolved(values.get("project.artifactId", ""), values),
        version=_pinned(_resolved(values.get("project.version", ""), values)),
        packaging=project.text_of("packaging") or "jar",
        licences=_licences(project),
        dependencies=_dependencies(project, values),
        managed=_dependencies(project.child("dependencyManagement"), values),
    )


def _values(project: "Element") -> dict[str, str]:
    """Return what ``${…}`` may name: properties, and the coordinates under their names."""
    parent, properties = project.child("parent"), project.child("properties")
    values = {one.tag: one.text.strip() for one in properties.children} if properties else {}
    for tag in ("groupId", "artifactId", "version"):
        inherited = parent.text_of(tag) if parent else ""
        own = project.text_of(tag) or ("" if tag == "artifactId" else inherited)
        values |= {f"project.parent.{tag}": inherited, f"parent.{tag}": inherited}
        values |= {f"project.{tag}": own, f"pom.{tag}": own, tag: own}
    return values


def _resolved(text: str, values: dict[str, str]) -> str:
    """Return ``text`` with all ``${…}`` replaced, or nothing where one stays."""
    for _ in range(_ROUNDS):
        head, mark, tail = text.partition("${")
        if not mark:
            return text
        parts = tail.split("${")
        if len(text) > _TEXT_CHARS or len(parts) > _MOST_PARTS:
            return ""
        done = [head]
        for part in parts:
            name, brace, rest = part.partition("}")
            value = values.get(name.strip()) if brace else None
            if value is None or len(value) > _TEXT_CHARS:
                return ""
            done += [value, rest]
        text = "".join(done)
    return ""


def _pinned(version: str) -> str:
    """
    Return a version that is one version.

    >>> _pinned("[1.2]"), _pinned("[1.2,2)"), _pinned("LATEST"), _pinned("1.0")
    ('1.2', '', '', '1.0')
    """
    if version[:1] in ("[", "(") or "," in version:
        inner = version[1:-1]
        exact = version.startswith("[") and version.endswith("]") and "," not in inner
        return inner.strip() if exact else ""
    return "" if version in _MOVING else version


def _dependencies(parent: "Element | None", values: dict[str, str]) -> tuple[Dependency, ...]:
    listed = parent.child("dependencies") if parent else None
    found = []
    for one in listed.each("dependency") if listed else ():
        group = _resolved(one.text_of("groupId"), values)
        artifact = _resolved(one.text_of("artifactId"), values)
        if group and artifact:
            found.append(
                Dependency(
                    group=group,
                    artifact=artifact,
                    version=_pinned(_resolved(one.text_of("version"), values)),
                    scope=_resolved(one.text_of("scope"), values),
                    optional=_resolved(one.text_of("optional"), values) == "true",
                )
            )
    return tuple(found)


def _licences(project: "Element") -> tuple[str, ...]:
    listed = project.child("licenses")
    names = (
        (one.text_of("name") or one.text_of("url") for one in listed.each("license"))
        if listed
        else ()
    )
    return tuple(dict.fromkeys(" ".join(name.split())[:200] for name in names if name))
