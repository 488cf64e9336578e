"""
List what ``manifest.toml`` of Gleam pins.

Packages of Hex are listed as such; those from git with the version of their gleam.toml; those from
a path are the project's own code and listed as unpublished. Other tools have files of this name
too: one without ``build_tools`` is none of Gleam's.
Source: gleam-lang/gleam, compiler-core/src/manifest.rs
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import items, mapping, text
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "gleam_manifest"
VERSION = 1
PATTERNS = Patterns(names=("manifest.toml",), max_bytes=4 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the manifest pins."""
    content = file.content()
    if b"build_tools" not in content or inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    for value in items(parse_toml(content).get("packages")):
        entry = mapping(value)
        own = text(entry.get("source")) == "local"
        needs = items(entry.get("requirements"))
        pins.add(
            Pin(
                type=PackageType.HEX,
                name=text(entry.get("name")),
                version=text(entry.get("version")),
                depends=tuple(text(need) for need in needs if text(need)),
                unpublished=own,
            )
        )
    return pins.done()
