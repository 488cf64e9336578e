"""
Read the ``package.json`` of a package.

Law: a package without a version was never published and is none; one without a name has the name of
its folder, as npm sees it. Old packages hold anything in any field, so each field is read for
itself. Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

import msgspec
from msgspec import Raw, Struct

from pratique.extractors.javascript._npm import is_name
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import items, mapping, text
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

_NOTHING = Raw(b"null")


class _Manifest(Struct):
    # Raw: one odd field is no reason to lose the package, and most fields are never looked at.
    name: Raw = _NOTHING
    version: Raw = _NOTHING
    private: Raw = _NOTHING
    license: Raw = _NOTHING
    licenses: Raw = _NOTHING


def installed_package(content: bytes, folder: str, origin: str, location: str) -> Package | None:
    """
    Return the package that lies in ``folder`` of a ``node_modules``; None where it has no version.

    Raises:
        FormatError: not JSON, or no name or version of npm's.
    """
    return _package(parse_json(content, _Manifest), folder, origin, location)


def own_package(content: bytes, origin: str) -> Package | None:
    """
    Return the package whose source this is; None where it is private or says no name.

    Raises:
        FormatError: not JSON, or no name or version of npm's.
    """
    manifest = parse_json(content, _Manifest)
    if not text(_value(manifest.name)) or _value(manifest.private) in (True, "true"):
        return None
    return _package(manifest, "", origin, "")


def _package(manifest: _Manifest, folder: str, origin: str, location: str) -> Package | None:
    version = _value(manifest.version)
    if version is None or version == "":
        return None
    name = text(_value(manifest.name)).strip() or folder
    if not isinstance(version, str) or not is_word(version.strip()) or not is_name(name):
        raise FormatError(f"no npm package: {shown(name)}, version {shown(str(version))}")
    return Package(
        type=PackageType.NPM,
        name=name,
        version=version.strip(),
        purl=language_purl(PackageType.NPM, name, version.strip()),
        licences=_licences(manifest),
        location=location,
        origin=origin,
    )


def _licences(manifest: _Manifest) -> tuple[str, ...]:
    """Return SPDX expression, or names of the old forms ``{type, url}`` and ``licenses: […]``."""
    stated = _value(manifest.license) or _value(manifest.licenses)
    entries = items(stated) or (stated,)
    names = (text(entry) or text(mapping(entry).get("type")) for entry in entries[:64])
    return tuple(dict.fromkeys(name.strip()[:200] for name in names if name.strip()))


def _value(raw: Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError):
        raise FormatError("not JSON text") from None
