"""
List the packages that Bazel's rules_jvm_external pinned (maven_install.json).

Versions 0 to 2 of the file: ``artifacts`` by ``group:artifact[:packaging[:classifier]]`` with a
version, and ``dependencies`` between them; before them ``dependency_tree`` with coordinates that end
in the version. Sources and Javadoc of a package are not packages. What is for tests is not said.
Source: bazel-contrib/rules_jvm_external, private/rules/v1_lock_file.bzl and v2_lock_file.bzl.
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "maven_install"
VERSION = 1
PATTERNS = Patterns(
    names=("maven_install.json",), suffixes=("_maven_install.json",), max_bytes=32 << 20
)
_NO_CODE = frozenset({"sources", "javadoc", "pom"})


class _Artifact(Struct, frozen=True):
    version: str = ""


class _Resolved(Struct, frozen=True, rename="camel"):
    coord: str
    direct_dependencies: tuple[str, ...] = ()


class _Tree(Struct, frozen=True):
    dependencies: tuple[_Resolved, ...] = ()


class _Install(Struct, frozen=True):
    artifacts: dict[str, _Artifact] = {}
    dependencies: dict[str, tuple[str, ...]] = {}
    tree: _Tree | None = field(default=None, name="dependency_tree")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the file pins."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    install = parse_json(content, _Install)
    if not install.artifacts and install.tree is None and b'"artifacts"' not in content:
        raise FormatError("no pinned artifacts of rules_jvm_external")
    pins = Pins(NAME)
    for coordinates, needs in install.dependencies.items():
        # A package of which only a classifier is used has its dependencies under that name.
        version = install.artifacts.get(":".join(coordinates.split(":")[:2]), _Artifact()).version
        if version:
            _add(pins, coordinates.split(":"), version, needs)
    for coordinates, artifact in install.artifacts.items():
        _add(pins, coordinates.split(":"), artifact.version, ())
    for resolved in install.tree.dependencies if install.tree else ():
        *parts, version = resolved.coord.split(":")
        direct = tuple(one.rpartition(":")[0] for one in resolved.direct_dependencies)
        _add(pins, parts, version, direct)
    return pins.done()


def _add(pins: Pins, parts: list[str], version: str, needs: tuple[str, ...]) -> None:
    """Take ``group:artifact[:packaging[:classifier]]`` in a version."""
    if not _NO_CODE.isdisjoint(parts[2:]):
        return
    if len(parts) < 2:
        pins.leave_out(":".join(parts))
        return
    depends = tuple(":".join(need.split(":")[:2]) for need in needs)
    pins.add(
        Pin(
            type=PackageType.MAVEN,
            name=f"{parts[0]}:{parts[1]}",
            version=version,
            depends=depends,
        )
    )
