"""Make the package of one installed distribution from the header of its metadata."""

from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.python_metadata import (
    HEADER_BYTES,
    PythonMetadata,
    parse_metadata,
)
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.unknown import Unknown

_ENDS = (b"\n\n", b"\r\n\r\n")


def installed(unit: str, header: bytes, stem: str) -> Extraction:
    """
    Return the one package of a distribution.

    Args:
        unit: the extractor that found it.
        header: up to ``HEADER_BYTES`` from the start of its metadata file.
        stem: ``name-version`` as its folder or file is called, which stands in where the metadata
            was emptied or damaged (pip itself goes by that name); may be "".

    Raises:
        FormatError: neither says a name and a version.
    """
    metadata = parse_metadata(header)
    name, version = metadata.name, metadata.version
    unknowns: tuple[Unknown, ...] = ()
    if not name or not version:
        name, version = _from_stem(stem)
        unknowns = (
            partly_read(unit, "", "the metadata has no name and version; the file name has"),
        )
    if len(header) >= HEADER_BYTES and not any(end in header for end in _ENDS):
        unknowns = (partly_read(unit, "", f"the metadata header is over {HEADER_BYTES} bytes"),)
    return Extraction(packages=(_package(unit, name, version, metadata),), unknowns=unknowns)


def _package(unit: str, name: str, version: str, metadata: PythonMetadata) -> Package:
    return Package(
        type=PackageType.PYPI,
        name=name,
        version=version,
        purl=language_purl(PackageType.PYPI, name, version),
        licences=metadata.licences,
        depends=metadata.requires,
        origin=unit,
    )


def _from_stem(stem: str) -> tuple[str, str]:
    # name-version[-pyX.Y[-platform]]: a dash in the name is written as an underscore.
    name, _, rest = stem.partition("-")
    version = rest.partition("-")[0]
    if not (is_word(name) and is_word(version) and version[0].isdigit()):
        raise FormatError("the metadata has no name and version")
    return name, version
