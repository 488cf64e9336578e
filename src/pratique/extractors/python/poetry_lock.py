"""
List what ``poetry.lock`` resolves (Poetry 1.0 to 2.x).

Law: each ``[[package]]`` is one package. ``category = "dev"`` (1.x) or groups without ``main`` (2.x)
are for development, ``optional`` ones optional, as are those whose marker no Linux passes. Between
1.5 and 2.0 the file does not say what is for development. Packages from a directory are the
project's own and listed as unpublished.
Source: https://github.com/python-poetry/poetry, src/poetry/packages/locker.py
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._locked import lock_of, tables
from pratique.extractors.python._pypi import elsewhere
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "poetry_lock"
VERSION = 1
PATTERNS = Patterns(names=("poetry.lock",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a poetry.lock."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for package in tables(lock_of(file, "package", "metadata"), "package"):
        pins.add(_pin(package))
    return pins.done()


def _pin(package: dict[str, Value]) -> Pin:
    return Pin(
        type=PackageType.PYPI,
        name=text(package.get("name")),
        version=text(package.get("version")),
        scope=_scope(package),
        depends=tuple(mapping(package.get("dependencies"))),
        unpublished=text(mapping(package.get("source")).get("type")) == "directory",
    )


def _scope(package: dict[str, Value]) -> Scope:
    groups = items(package.get("groups"))
    if text(package.get("category")) == "dev" or (groups and "main" not in groups):
        return Scope.DEVELOPMENT
    markers = package.get("markers")
    # One marker for all groups, or one for each.
    main = text(markers) or text(mapping(markers).get("main"))
    if package.get("optional") is True or elsewhere(main):
        return Scope.OPTIONAL
    return Scope.RUNTIME
