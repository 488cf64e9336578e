"""
List packages that PEAR and PECL installed: ``.registry/NAME.reg`` and, of other channels,
``.registry/.channel.CHANNEL/NAME.reg``.

The file is the package.xml as PHP's ``serialize()`` writes it. A package of pear.php.net is the one
that Packagist has as ``pear/NAME``, in the same versions, and advisories use that name; those of
other channels are listed as ``generic`` below their channel.
Source: pear/pear-core, PEAR/Registry.php;
https://pear.php.net/manual/en/guide.developers.package2.php
"""

from pratique.extractors.interface import partly_read
from pratique.extractors.php._serialized import Plain, parse_serialized
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl, package_url
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "pear"
VERSION = 1
PATTERNS = Patterns(globs=(".registry/*.reg", ".registry/.channel.*/*.reg"), max_bytes=4 << 20)
_PEAR = "pear.php.net"


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that the registry file records."""
    record = parse_serialized(file.content())
    if not isinstance(record, dict):
        raise FormatError("no record of PEAR's registry")
    # package.xml 1.0 has flat "package" and "version", 2.0 "name" and a version of two parts.
    name = _text(record.get("name")) or _text(record.get("package"))
    version = _part(record.get("version"), "release")
    if not is_word(name) or not is_word(version) or "/" in name:
        reason = f"no PEAR package: {shown(name)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    channel = _text(record.get("channel")) or _PEAR
    licence = _part(record.get("license"), "_content")
    return Extraction(packages=(_package(name, version, channel, licence),))


def _package(name: str, version: str, channel: str, licence: str) -> Package:
    licences = (licence,) if licence else ()
    if channel == _PEAR:
        full = f"pear/{name.lower()}"
        return Package(
            type=PackageType.COMPOSER,
            name=full,
            version=version,
            purl=language_purl(PackageType.COMPOSER, full, version),
            licences=licences,
            origin=NAME,
        )
    return Package(
        type=PackageType.GENERIC,
        name=name,
        version=version,
        purl=package_url("generic", name, version, channel),
        licences=licences,
        origin=NAME,
    )


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _part(value: Plain, key: str) -> str:
    return _text(value.get(key)) if isinstance(value, dict) else _text(value)
