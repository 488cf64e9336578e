"""
List the packages that sbt locked (build.sbt.lock of sbt-dependency-lock).

A package in configurations of tests and tools alone is for development, one in ``optional`` alone
is optional.
Source: https://stringbean.github.io/sbt-dependency-lock/file-formats/version-1.html.
"""

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "sbt_lock"
VERSION = 1
PATTERNS = Patterns(names=("build.sbt.lock",), max_bytes=16 << 20)
_AT_RUN_TIME = frozenset({"compile", "default", "provided", "runtime"})
_LOCK_VERSION = 1


class _Dependency(Struct, frozen=True):
    org: str
    name: str
    version: str
    configurations: tuple[str, ...] = ()


class _Lock(Struct, frozen=True, rename="camel"):
    lock_version: int
    dependencies: tuple[_Dependency, ...] = ()


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), _Lock)
    if lock.lock_version != _LOCK_VERSION:
        raise FormatError(f"a lock file of version {lock.lock_version}, which is not known")
    pins = Pins(NAME)
    for one in lock.dependencies:
        pins.add(
            Pin(
                type=PackageType.MAVEN,
                name=f"{one.org}:{one.name}",
                version=one.version,
                scope=_scope(one.configurations),
            )
        )
    return pins.done()


def _scope(configurations: tuple[str, ...]) -> Scope:
    if not configurations or not _AT_RUN_TIME.isdisjoint(configurations):
        return Scope.RUNTIME
    return Scope.OPTIONAL if "optional" in configurations else Scope.DEVELOPMENT
