"""
List the packages that a published .NET program or a shared framework consists of (*.deps.json).

Law: a package counts when its target names a file of it, native or managed: the others only stood in
the dependency graph, or the framework brings a newer copy of their files. A ``runtimepack`` is the
framework that a self-contained program carries. Projects are the program's own code and references
have no package: both are passed over. A framework's own file (``shared/NAME/VERSION/NAME.deps.json``)
is the package ``NAME.Runtime.RID`` in the version of its folder: advisories use that name, and
before .NET 5 the file itself states servicing builds in its place.
Source: dotnet/runtime, docs/design/features/host-probing.md; dotnet/cli, runtime-configuration-file.md.
"""

from msgspec import Struct

from pratique.extractors._pins import Pin, Pins
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "deps_json"
VERSION = 1
PATTERNS = Patterns(suffixes=(".deps.json",), max_bytes=32 << 20)
_PACK = "runtimepack."
_NO_FILE = "/_._"
"""NuGet's placeholder for an empty folder."""


class _RuntimeTarget(Struct, frozen=True):
    name: str = ""


class _Library(Struct, frozen=True):
    type: str = ""


class _Target(Struct, frozen=True, rename="camel"):
    dependencies: dict[str, str] = {}
    runtime: dict[str, object] = {}
    native: dict[str, object] = {}
    resources: dict[str, object] = {}
    runtime_targets: dict[str, object] = {}

    def has_files(self) -> bool:
        groups = (self.runtime, self.native, self.resources, self.runtime_targets)
        return any(not path.endswith(_NO_FILE) for group in groups for path in group)


class _Deps(Struct, frozen=True, rename="camel"):
    runtime_target: _RuntimeTarget | str = _RuntimeTarget()
    targets: dict[str, dict[str, _Target]] = {}
    libraries: dict[str, _Library] = {}

    def rid(self) -> str:
        """Return the platform (``linux-x64``) that the file is for, empty where for all."""
        target = self.runtime_target
        name = target if isinstance(target, str) else target.name
        return name.partition("/")[2]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that have files."""
    deps = parse_json(file.content(), _Deps)
    if not deps.targets and not deps.libraries:
        raise FormatError("neither targets nor libraries in it")
    pins = Pins(NAME)
    framework, version = _framework(file.path)
    if framework and deps.rid():
        _add(pins, f"{framework}.Runtime.{deps.rid()}", version, {})
    for target in deps.targets.values():
        for identity, assets in target.items():
            kind = deps.libraries.get(identity, _Library()).type
            name, _, number = identity.partition("/")
            if kind not in ("package", "runtimepack") or not assets.has_files():
                continue
            if framework and name.endswith(f".{framework}") and name.startswith("runtime."):
                continue
            _add(pins, name.removeprefix(_PACK), number, assets.dependencies)
    return pins.done()


def _add(pins: Pins, name: str, version: str, needs: dict[str, str]) -> None:
    pins.add(
        Pin(
            type=PackageType.NUGET,
            name=name,
            version=version,
            depends=tuple(needs),
            declared=False,
        )
    )


def _framework(path: str) -> tuple[str, str]:
    """
    Return name and version of the framework whose own file this is.

    >>> _framework("usr/share/dotnet/shared/A.App/6.0.5/A.App.deps.json"), _framework("a/A.deps.json")
    (('A.App', '6.0.5'), ('', ''))
    """
    parts = path.split("/")
    name = parts[-1].removesuffix(".deps.json")
    if len(parts) >= 4 and parts[-4] == "shared" and parts[-3] == name:
        return name, parts[-2]
    return "", ""
