"""
List what ``pylock.toml`` and ``pylock.NAME.toml`` lock (PEP 751).

Law: each of ``[[packages]]`` with a version is one package, a directory an unpublished one;
those without one are no pins. One whose marker needs an extra or a dependency group that is not a
default is installed on request only.
Source: https://packaging.python.org/en/latest/specifications/pylock-toml/
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._locked import lock_of, names, tables
from pratique.extractors.python._pypi import elsewhere
from pratique.formats.documents.value import Value, items, text
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pylock"
VERSION = 1
PATTERNS = Patterns(names=("pylock.toml",), globs=("pylock.*.toml",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a pylock file."""
    if inside_dependency(file.path):
        return Extraction()
    lock = lock_of(file, "lock-version")
    defaults = frozenset(text(group) for group in items(lock.get("default-groups")))
    pins = Pins(NAME)
    for package in tables(lock, "packages"):
        if "version" in package:
            pins.add(_pin(package, defaults))
    return pins.done()


def _pin(package: dict[str, Value], defaults: frozenset[str]) -> Pin:
    return Pin(
        type=PackageType.PYPI,
        name=text(package.get("name")),
        version=text(package.get("version")),
        scope=_scope(text(package.get("marker")), defaults),
        depends=names(package.get("dependencies")),
        unpublished="directory" in package,
    )


def _scope(marker: str, defaults: frozenset[str]) -> Scope:
    if elsewhere(marker):
        return Scope.OPTIONAL
    asks = " in extras" in marker or " in dependency_groups" in marker
    if asks and not any(f'"{one}"' in marker or f"'{one}'" in marker for one in defaults):
        return Scope.OPTIONAL
    return Scope.RUNTIME
