"""
List what ``Manifest.toml`` of Julia resolves (manifest formats 1 and 2).

Law: each entry with a version is one package, told apart by UUID; one that is developed in place
(``path``) is unpublished. Entries without a version are libraries that come with Julia itself.
Source: https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.science._julia import julia_url
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "julia_manifest"
VERSION = 1
PATTERNS = Patterns(
    names=("Manifest.toml", "JuliaManifest.toml"),
    globs=("Manifest-v*.toml", "JuliaManifest-v*.toml"),
    max_bytes=16 << 20,
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a manifest."""
    if inside_dependency(file.path):
        return Extraction()
    document = parse_toml(file.content())
    pins = Pins(NAME)
    for name, entry in _entries(document):
        uuid, version = text(entry.get("uuid")), text(entry.get("version"))
        if not uuid or not version:
            continue
        pins.add(
            Pin(
                type=PackageType.JULIA,
                name=name,
                version=version,
                purl=julia_url(name, version, uuid),
                depends=tuple(_depends(entry.get("deps"))),
                unpublished="path" in entry,
            )
        )
    return pins.done()


def _entries(document: dict[str, Value]) -> Iterator[tuple[str, dict[str, Value]]]:
    # Format 1 has the packages at the top; other programs' Manifest.toml have no lists with UUIDs.
    packages = mapping(document.get("deps")) if "manifest_format" in document else document
    for name, entries in packages.items():
        for entry in items(entries):
            yield name, mapping(entry)


def _depends(value: Value) -> Iterator[str]:
    # A list of names, or a table name = UUID where a name alone would not be enough.
    yield from (text(one) for one in items(value))
    yield from mapping(value)
