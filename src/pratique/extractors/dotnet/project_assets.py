"""
List the packages that NuGet restored for a project (obj/project.assets.json).

A package that the project keeps to itself (``suppressParent: All``, PrivateAssets) and that no other
one needs is for development: analysers, build tasks, test adapters. Projects are the solution's own
code and are passed over.
Source: NuGet.Client, NuGet.ProjectModel/LockFile/LockFileFormat.cs.
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "project_assets"
VERSION = 1
PATTERNS = Patterns(names=("project.assets.json",), max_bytes=64 << 20)


class _Package(Struct, frozen=True):
    type: str = ""
    dependencies: dict[str, str] = {}


class _Wanted(Struct, frozen=True, rename="camel"):
    suppress_parent: str = ""
    auto_referenced: bool = False

    def is_private(self) -> bool:
        # The SDK keeps the framework to the project too, and that is needed to run.
        return self.suppress_parent.lower() == "all" and not self.auto_referenced


class _Framework(Struct, frozen=True):
    dependencies: dict[str, _Wanted] = {}


class _Project(Struct, frozen=True):
    frameworks: dict[str, _Framework] = {}


class _Assets(Struct, frozen=True):
    version: int
    targets: dict[str, dict[str, _Package]] = {}
    project: _Project = field(default_factory=_Project)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that were restored."""
    if inside_dependency(file.path):
        return Extraction()
    assets = parse_json(file.content(), _Assets)
    if not assets.targets:
        raise FormatError("no targets in it")
    private = _private(assets)
    pins = Pins(NAME)
    for target in assets.targets.values():
        for identity, package in target.items():
            name, _, version = identity.partition("/")
            if package.type != "package":
                continue
            later = name.lower() in private
            pins.add(
                Pin(
                    type=PackageType.NUGET,
                    name=name,
                    version=version,
                    depends=tuple(package.dependencies),
                    scope=Scope.DEVELOPMENT if later else Scope.RUNTIME,
                )
            )
    return pins.done()


def _private(assets: _Assets) -> frozenset[str]:
    """Return the packages that only private ones of the project lead to, in lower case."""
    needs: dict[str, set[str]] = {}
    for target in assets.targets.values():
        for identity, package in target.items():
            known = needs.setdefault(identity.partition("/")[0].lower(), set())
            known.update(map(str.lower, package.dependencies))
    wanted = [
        (name.lower(), one.is_private())
        for framework in assets.project.frameworks.values()
        for name, one in framework.dependencies.items()
    ]
    reached = {name for name, is_private in wanted if not is_private}
    # What projects of the solution need is not private, whoever asked for it.
    reached |= {
        name.lower()
        for target in assets.targets.values()
        for package in target.values()
        if package.type == "project"
        for name in package.dependencies
    }
    waiting = list(reached)
    while waiting:
        more = needs.get(waiting.pop(), set()) - reached
        reached |= more
        waiting += more
    private: set[str] = set()
    waiting = [name for name, is_private in wanted if is_private and name not in reached]
    while waiting:
        name = waiting.pop()
        if name not in private and name not in reached:
            private.add(name)
            waiting += needs.get(name, ())
    return frozenset(private)
