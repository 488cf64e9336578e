"""
List the packages that NuGet locked (packages.lock.json), for every target framework together.

Projects are the solution's own code and are passed over.
Source: https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
(locking dependencies), NuGet.Client PackagesLockFileFormat.cs.
"""

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "nuget_lock"
VERSION = 1
# A project's own lock file may be called packages.NAME.lock.json.
PATTERNS = Patterns(
    names=("packages.lock.json",), globs=("packages.*.lock.json",), max_bytes=32 << 20
)


class _Locked(Struct, frozen=True):
    type: str = ""
    resolved: str = ""
    dependencies: dict[str, str] = {}


class _Lock(Struct, frozen=True):
    version: int
    dependencies: dict[str, dict[str, _Locked]]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for packages in parse_json(file.content(), _Lock).dependencies.values():
        for name, locked in packages.items():
            if locked.type.lower() == "project":
                continue
            pins.add(
                Pin(
                    type=PackageType.NUGET,
                    name=name,
                    version=locked.resolved,
                    depends=tuple(locked.dependencies),
                )
            )
    return pins.done()
