"""
List what ``package-lock.json`` and ``npm-shrinkwrap.json`` pin, of versions 1 to 3.

Links and the project itself are left out; a workspace's own package with a version is listed as
unpublished. A dependency from git or an archive is listed where the
file says its version. ``node_modules/.package-lock.json`` is ``npm_hidden_lock``'s.
Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._npm import is_name, is_version
from pratique.extractors.javascript._npm_lock import (
    Entry,
    LockFile,
    Places,
    entries,
    package_name,
    scope_of,
)
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "package_lock"
VERSION = 1
PATTERNS = Patterns(names=("package-lock.json", "npm-shrinkwrap.json"), max_bytes=32 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), LockFile)
    if lock.lockfile_version is None and lock.packages is None and lock.dependencies is None:
        raise FormatError("no lock file of npm: neither lockfileVersion nor packages")
    pins, found = Pins(NAME), entries(lock)
    places = Places(found)
    for place, entry in found.items():
        if place and entry.link is not True:
            _add(pins, place, entry, places)
    return pins.done()


def _add(pins: Pins, place: str, entry: Entry, places: Places) -> None:
    name, version = package_name(place, entry), text(entry.version)
    installed = place.startswith("node_modules/") or "/node_modules/" in place
    if not version or not name:
        # A workspace that has no version, or a repository whose version npm did not record.
        return
    if not is_name(name) or not is_version(version):
        pins.leave_out(f"{place} {version}")
        return
    pins.add(
        Pin(
            type=PackageType.NPM,
            name=name,
            version=version,
            scope=scope_of(entry),
            depends=places.needs(place, entry),
            licences=(text(entry.license),) if text(entry.license) else (),
            unpublished=not installed,
        )
    )
