"""
List what ``stack.yaml`` pins beyond its snapshot (``extra-deps``).

Law: each ``name-version`` is one package, whatever revision or hash follows it; archives,
repositories and paths are no pins.
Source: https://docs.haskellstack.org/en/stable/topics/package_location/
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.haskell._hackage import split_identifier
from pratique.formats.documents.value import items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "stack_yaml"
VERSION = 1
PATTERNS = Patterns(names=("stack.yaml",), globs=("stack-*.yaml",), max_bytes=4 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that a stack.yaml pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for entry in items(mapping(parse_yaml(file.content())).get("extra-deps")):
        name, version = split_identifier(text(entry))
        if version:
            pins.add(Pin(type=PackageType.HACKAGE, name=name, version=version))
    return pins.done()
