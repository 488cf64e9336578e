"""
List what ``Gopkg.lock`` of dep resolves.

Law: each ``[[projects]]`` is one package at its version or, where it has none, at its revision,
which no advisory can be compared with.
Source: https://golang.github.io/dep/docs/Gopkg.lock.html.
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "gopkg_lock"
VERSION = 1
PATTERNS = Patterns(names=("Gopkg.lock",), max_bytes=8 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the projects of a Gopkg.lock; none of one that lies inside a dependency.

    Raises:
        FormatError: no TOML, or no Gopkg.lock.
    """
    if inside_dependency(file.path):
        return Extraction()
    document = parse_toml(file.content())
    if not {"projects", "solve-meta"} & document.keys():
        raise FormatError("a Gopkg.lock without projects")
    pins = Pins(NAME)
    for project in map(mapping, items(document.get("projects"))):
        version = text(project.get("version")) or text(project.get("revision"))
        pins.add(Pin(type=PackageType.GOLANG, name=text(project.get("name")), version=version))
    return pins.done()
