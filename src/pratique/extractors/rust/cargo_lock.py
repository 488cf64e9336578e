"""
List what ``Cargo.lock`` resolves (versions 1 to 4).

Law: each ``[[package]]`` is one package; so is ``[root]`` of files before 2017. A crate without a
source belongs to the project (a path dependency, a member of the workspace), one from another
registry than crates.io to that registry: both are unpublished. The file does not say what is for
development only. ``[metadata]`` and ``[[patch.unused]]`` are no packages.
Source: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html, and cargo's
``core/resolver/encode.rs``.
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.rust._crates import crate_purl, is_published
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "cargo_lock"
VERSION = 1
PATTERNS = Patterns(names=("Cargo.lock",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the crates of a Cargo.lock; none of one that lies inside a dependency.

    Raises:
        FormatError: no TOML, or no Cargo.lock.
    """
    if inside_dependency(file.path):
        return Extraction()
    document = parse_toml(file.content())
    if not {"package", "root", "version"} & document.keys():
        raise FormatError("neither packages nor a version are in it")
    pins = Pins(NAME)
    for crate in _crates(document):
        pins.add(_pin(crate))
    return pins.done()


def _crates(document: dict[str, Value]) -> Iterator[dict[str, Value]]:
    root = mapping(document.get("root"))
    if root:
        yield root
    yield from map(mapping, items(document.get("package")))


def _pin(crate: dict[str, Value]) -> Pin:
    name, version, source = (text(crate.get(key)) for key in ("name", "version", "source"))
    return Pin(
        type=PackageType.CARGO,
        name=name,
        version=version,
        depends=tuple(map(_dependency, items(crate.get("dependencies")))),
        purl=crate_purl(name, version, source),
        unpublished=not is_published(source),
    )


def _dependency(value: Value) -> str:
    """Return ``name`` or ``name@version`` of ``name version (source)``."""
    name, _, rest = text(value).partition(" ")
    version = rest.partition(" ")[0]
    return f"{name}@{version}" if version else name
