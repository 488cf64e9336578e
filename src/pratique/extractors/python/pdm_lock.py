"""
List what ``pdm.lock`` resolves (PDM 1.x and 2.x).

Law: each ``[[package]]`` is one package; a package locked once more for its extras is the same one.
Since 4.4 the file names the groups: what is not in ``default`` is optional, or for development where
all its groups are called so. Local packages (``path``) are listed as unpublished.
Source: https://pdm-project.org/latest/usage/lockfile/, pdm/models/repositories/lock.py
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._locked import lock_of, tables
from pratique.extractors.python._pypi import elsewhere
from pratique.extractors.python.requirements import scope_of_name
from pratique.formats.documents.value import Value, items, text
from pratique.formats.packages.python_metadata import requirement_name
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pdm_lock"
VERSION = 1
PATTERNS = Patterns(names=("pdm.lock",), globs=("pdm.*.lock",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a pdm.lock."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for package in tables(lock_of(file, "package", "metadata"), "package"):
        pins.add(_pin(package))
    return pins.done()


def _pin(package: dict[str, Value]) -> Pin:
    depends = (requirement_name(text(one)) for one in items(package.get("dependencies")))
    return Pin(
        type=PackageType.PYPI,
        name=text(package.get("name")),
        version=text(package.get("version")),
        scope=_scope(package),
        depends=tuple(depends),
        unpublished=bool(package.get("path")),
    )


def _scope(package: dict[str, Value]) -> Scope:
    groups = [text(group) for group in items(package.get("groups"))]
    if not groups or "default" in groups:
        marker = text(package.get("marker")) or text(package.get("requires_marker"))
        return Scope.OPTIONAL if elsewhere(marker) else Scope.RUNTIME
    scopes = {scope_of_name(group) for group in groups}
    return Scope.DEVELOPMENT if scopes == {Scope.DEVELOPMENT} else Scope.OPTIONAL
