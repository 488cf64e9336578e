"""
List what a Maven project declares: itself, and the dependencies whose versions it pins.

A version may come from a property of the same file; nothing else is read, so what a parent or an
imported list pins is no package here, and a range is none. Managed versions count for dependencies
of the same file only. Test scope is for development, ``optional`` is optional; ``system`` files are
not of a repository. A pom.xml inside an installed dependency is passed over.
Bounds: as ``formats.java.pom``.
"""

from collections.abc import Callable

from msgspec.structs import replace

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.java.pom import POM_BYTES, Dependency, Pom, parse_pom
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pom_xml"
VERSION = 1
PATTERNS = Patterns(names=("pom.xml",), max_bytes=POM_BYTES)
_SKIPPED = frozenset({"system", "import"})


def extract_file(file: LayerFile) -> Extraction:
    """Return the project and its pinned dependencies."""
    if inside_dependency(file.path) or "META-INF/maven/" in file.path:
        return Extraction()
    pom = parse_pom(file.content())
    pinned = [one for one in map(_managed(pom), pom.dependencies) if one.version]
    pins = Pins(NAME)
    if pom.group and pom.artifact and pom.version:
        pins.add(
            Pin(
                type=PackageType.MAVEN,
                name=f"{pom.group}:{pom.artifact}",
                version=pom.version,
                depends=tuple(map(_name, pinned)),
                licences=pom.licences,
            )
        )
    for one in pinned:
        if one.scope not in _SKIPPED:
            pins.add(
                Pin(
                    type=PackageType.MAVEN,
                    name=_name(one),
                    version=one.version,
                    scope=_scope(one),
                )
            )
    return pins.done()


def _managed(pom: Pom) -> Callable[[Dependency], Dependency]:
    """Return a function that puts the version of dependencyManagement where none is stated."""
    known = {(one.group, one.artifact): one for one in pom.managed if one.scope != "import"}

    def with_version(one: Dependency) -> Dependency:
        managed = known.get((one.group, one.artifact))
        if managed is None:
            return one
        return replace(
            one, version=one.version or managed.version, scope=one.scope or managed.scope
        )

    return with_version


def _name(one: Dependency) -> str:
    return f"{one.group}:{one.artifact}"


def _scope(one: Dependency) -> Scope:
    if one.scope == "test":
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if one.optional else Scope.RUNTIME
