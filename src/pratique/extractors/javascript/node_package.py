"""
List installed npm packages by the ``package.json`` at their root.

Below ``node_modules`` only a package's own root counts (``node_modules/NAME`` and
``node_modules/@SCOPE/NAME``, in the stores of pnpm, Yarn, Bun and Deno too), never a test fixture
or a build folder inside it. Debian keeps the same below ``share/nodejs``. Elsewhere it is the
application's own: listed where it has name and version and is not ``private``, because a private
package is not in the registry, and an advisory for its name means another one.
A package without a version was never published and is not listed; one without a name has the name
of its folder, as npm sees it.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-json
"""

import msgspec
from msgspec import Raw, Struct

from pratique.extractors._places import inside_dependency
from pratique.extractors.interface import partly_read
from pratique.extractors.javascript._npm import below_modules, installed_as, is_name
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import items, mapping, text
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "node_package"
VERSION = 1
PATTERNS = Patterns(names=("package.json",), max_bytes=4 << 20)
_SYSTEM = ("share/nodejs/", "lib/nodejs/")
_NOTHING = Raw(b"null")


class _Manifest(Struct):
    # Raw, because old packages hold anything in any field, and one odd field is no reason to
    # lose the package.
    name: Raw = _NOTHING
    version: Raw = _NOTHING
    private: Raw = _NOTHING
    license: Raw = _NOTHING
    licenses: Raw = _NOTHING


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that the file is the root of, if it is one."""
    folder = installed_as(file.path) or _system_name(file.path)
    if not folder and (below_modules(file.path) or inside_dependency(file.path)):
        return Extraction()
    manifest = parse_json(file.content(), _Manifest)
    version = _value(manifest.version)
    if version is None or version == "":
        return Extraction()
    name = text(_value(manifest.name)).strip() or folder
    if not folder and (not name or _value(manifest.private) in (True, "true")):
        return Extraction()
    if not isinstance(version, str) or not is_word(version.strip()) or not is_name(name):
        reason = f"no npm package: {shown(name)}, version {shown(str(version))}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    return Extraction(packages=(_package(name, version.strip(), _licences(manifest)),))


def _package(name: str, version: str, licences: tuple[str, ...]) -> Package:
    return Package(
        type=PackageType.NPM,
        name=name,
        version=version,
        purl=language_purl(PackageType.NPM, name, version),
        licences=licences,
        origin=NAME,
    )


def _system_name(path: str) -> str:
    """Return the name of a package that Debian installed for all of Node.js, or ""."""
    for place in _SYSTEM:
        if place in path:
            return installed_as("node_modules/" + path.partition(place)[2])
    return ""


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
