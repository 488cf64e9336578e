"""
List what ``conda-lock.yml`` locks (conda-lock 1 and 2).

Law: a package that is locked for several platforms is one package. One for no Linux platform is
optional; ``category: dev`` and other categories than ``main`` are for development, ``optional``
ones optional. Packages of ``manager: pip`` are those of PyPI.
Source: https://conda.github.io/conda-lock/output/, conda_lock/lockfile/v1/models.py
"""

from collections.abc import Iterable

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.conda._conda import runs_on_linux
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "conda_lock"
VERSION = 1
PATTERNS = Patterns(
    names=("conda-lock.yml", "conda-lock.yaml"),
    suffixes=(".conda-lock.yml", ".conda-lock.yaml"),
    max_bytes=16 << 20,
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a conda-lock file."""
    if inside_dependency(file.path):
        return Extraction()
    lock = mapping(parse_yaml(file.content()))
    if "package" not in lock:
        raise FormatError("no list of packages is there")
    pins = Pins(NAME)
    for entry in items(lock["package"]):
        pins.add(_pin(mapping(entry)))
    return pins.done()


def _pin(entry: dict[str, Value]) -> Pin:
    pip = text(entry.get("manager")) == "pip"
    return Pin(
        type=PackageType.PYPI if pip else PackageType.CONDA,
        name=text(entry.get("name")),
        version=text(entry.get("version")),
        scope=_scope(entry),
        depends=tuple(_dependencies(entry.get("dependencies"))),
    )


def _dependencies(value: Value) -> Iterable[str]:
    return mapping(value)


def _scope(entry: dict[str, Value]) -> Scope:
    if not runs_on_linux(text(entry.get("platform"))):
        return Scope.OPTIONAL
    if text(entry.get("category")) not in ("main", ""):
        return Scope.DEVELOPMENT
    return Scope.OPTIONAL if text(entry.get("optional")) == "true" else Scope.RUNTIME
