"""
List what ``glide.lock`` of Glide resolves.

Law: each entry of ``imports`` and ``testImports`` is one package at the commit or tag it is locked
to; ``testImports`` are for development. Advisories can be compared with tags only.
Source: https://glide.readthedocs.io/en/latest/glide.lock/.
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.value import items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "glide_lock"
VERSION = 1
PATTERNS = Patterns(names=("glide.lock",), max_bytes=8 << 20)

_SCOPES = {"imports": Scope.RUNTIME, "testImports": Scope.DEVELOPMENT}


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the imports of a glide.lock; none of one that lies inside a dependency.

    Raises:
        FormatError: no YAML, or no glide.lock.
    """
    if inside_dependency(file.path):
        return Extraction()
    document = mapping(parse_yaml(file.content()))
    if "imports" not in document:
        raise FormatError("a glide.lock without imports")
    pins = Pins(NAME)
    for key, scope in _SCOPES.items():
        for one in map(mapping, items(document.get(key))):
            name, version = text(one.get("name")), text(one.get("version"))
            pins.add(Pin(type=PackageType.GOLANG, name=name, version=version, scope=scope))
    return pins.done()
