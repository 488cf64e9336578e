"""
List what ``vcpkg.json`` fixes at one version (``overrides``).

Law: an override is the version that vcpkg builds, whatever else asks for the library. Minimum
versions (``version>=``) and the baseline are no pins.
Source: https://learn.microsoft.com/en-us/vcpkg/reference/vcpkg-json#overrides
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "vcpkg_json"
VERSION = 1
PATTERNS = Patterns(names=("vcpkg.json",), max_bytes=4 << 20)
_VERSIONS = ("version", "version-semver", "version-date", "version-string")


def extract_file(file: LayerFile) -> Extraction:
    """Return the libraries that a vcpkg.json pins."""
    if inside_dependency(file.path):
        return Extraction()
    manifest = parse_json(file.content(), dict[str, object])
    pins = Pins(NAME)
    for entry in items(manifest.get("overrides")):
        override = mapping(entry)
        name = text(override.get("name"))
        pins.add(Pin(type=PackageType.VCPKG, name=name, version=_version(override)))
    return pins.done()


def _version(override: dict[str, Value]) -> str:
    version = next((text(override[one]) for one in _VERSIONS if one in override), "")
    port = override.get("port-version")
    return (
        f"{version}#{port}"
        if isinstance(port, int) and port > 0 and "#" not in version
        else version
    )
