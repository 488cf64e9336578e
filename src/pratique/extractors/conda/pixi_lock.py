"""
List what ``pixi.lock`` locks (versions 1 to 6).

Law: a package that is locked for several platforms or environments is one package, optional where
no Linux platform has it or only other environments than ``default``. An archive's address names a
conda package where the entry does not; local packages without a version are no pins.
Source: https://pixi.sh/latest/workspace/lockfile/, conda/rattler crates/rattler_lock
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.conda._conda import Archive, archive_of, names_of, runs_on_linux
from pratique.extractors.python._pypi import pinned_in_file_name
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.packages.python_metadata import requirement_name
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pixi_lock"
VERSION = 1
PATTERNS = Patterns(names=("pixi.lock",), max_bytes=16 << 20)
_DEFAULT = "default"
_Table = dict[str, Value]


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a pixi.lock."""
    if inside_dependency(file.path):
        return Extraction()
    lock = mapping(parse_yaml(file.content()))
    if "packages" not in lock and "package" not in lock:
        raise FormatError("no list of packages is there")
    wanted = frozenset(_wanted(mapping(lock.get("environments"))))
    pins = Pins(NAME)
    # Up to version 3 the list is called "package" and is like that of conda-lock.
    for entry in items(lock.get("packages") or lock.get("package")):
        _add(pins, mapping(entry), wanted)
    return pins.done()


def _wanted(environments: _Table) -> Iterator[str]:
    """Yield the addresses that the default environment has on Linux."""
    for platform, references in mapping(
        mapping(environments.get(_DEFAULT)).get("packages")
    ).items():
        if runs_on_linux(platform):
            for reference in items(references):
                yield from (text(address) for address in mapping(reference).values())


def _add(pins: Pins, entry: _Table, wanted: frozenset[str]) -> None:
    kind = next((one for one in ("conda", "pypi") if one in entry), "")
    kind = kind or text(entry.get("kind")) or text(entry.get("manager"))
    address = text(entry.get(kind)) or text(entry.get("url"))
    archive = archive_of(address) or Archive("", "", "", "", "")
    wheel = pinned_in_file_name(address) if kind in ("pypi", "pip") else ("", "")
    name = text(entry.get("name")) or archive.name or wheel[0]
    version = text(entry.get("version")) or archive.version or wheel[1]
    if not version and name:
        return
    pins.add(
        Pin(
            type=PackageType.CONDA if kind == "conda" else PackageType.PYPI,
            name=name,
            version=version,
            scope=_scope(entry, address, wanted),
            depends=_depends(entry),
            licences=(licence,) if (licence := text(entry.get("license"))) else (),
        )
    )


def _scope(entry: _Table, address: str, wanted: frozenset[str]) -> Scope:
    platform = text(entry.get("platform")) or text(entry.get("subdir"))
    if not runs_on_linux(platform) or (wanted and address not in wanted):
        return Scope.OPTIONAL
    return Scope.RUNTIME


def _depends(entry: _Table) -> tuple[str, ...]:
    requires = (text(one) for one in items(entry.get("requires_dist")))
    needed = (requirement_name(one) for one in requires if ";" not in one)
    named = mapping(entry.get("dependencies"))
    depends = names_of(text(one) for one in items(entry.get("depends")))
    return (*depends, *needed, *named)
