"""
List what ``Pipfile.lock`` resolves (pipenv).

Law: ``default`` is for running, every other category (``develop`` and named ones) for development.
Entries from version control or a path have no version and are no pins.
Source: https://github.com/pypa/pipfile#pipfilelock, https://pipenv.pypa.io/en/latest/pipfile.html
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._pypi import elsewhere, pinned_in_file_name
from pratique.extractors.python.requirements import exact_version
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pipfile_lock"
VERSION = 1
PATTERNS = Patterns(names=("Pipfile.lock",), max_bytes=16 << 20)
_META, _RUNTIME = "_meta", "default"


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a Pipfile.lock."""
    if inside_dependency(file.path):
        return Extraction()
    document = parse_json(file.content(), dict[str, object])
    if _META not in document and _RUNTIME not in document:
        raise FormatError("neither _meta nor default is there")
    pins = Pins(NAME)
    for category, entries in document.items():
        if category != _META:
            scope = Scope.RUNTIME if category == _RUNTIME else Scope.DEVELOPMENT
            for name, entry in mapping(entries).items():
                _add(pins, name, mapping(entry), scope)
    return pins.done()


def _add(pins: Pins, name: str, entry: dict[str, Value], scope: Scope) -> None:
    stated = text(entry.get("version"))
    version = exact_version(stated) or pinned_in_file_name(text(entry.get("file")))[1]
    if version:
        if not scope and elsewhere(text(entry.get("markers"))):
            scope = Scope.OPTIONAL
        pins.add(Pin(type=PackageType.PYPI, name=name, version=version, scope=scope))
    elif stated and stated != "*":
        pins.leave_out(f"{name} {stated}")
