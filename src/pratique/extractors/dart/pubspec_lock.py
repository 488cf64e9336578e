"""
List what ``pubspec.lock`` of Dart and Flutter pins.

Packages from git have the version of their pubspec; one from a path is the project's own code and
is listed as unpublished; one of the SDK (``flutter``) has no version of its own and is left out.
Only direct dependencies are marked as for development, what those need in turn is not.
Source: https://dart.dev/tools/pub/glossary#lockfile; dart-lang/pub, lib/src/lock_file.dart
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.value import mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "pubspec_lock"
VERSION = 1
PATTERNS = Patterns(names=("pubspec.lock",), max_bytes=16 << 20)
_SOURCES = ("hosted", "git", "path")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    document = mapping(parse_yaml(file.content()))
    if "packages" not in document:
        raise FormatError("no lock file of pub: no packages")
    pins = Pins(NAME)
    for key, value in mapping(document["packages"]).items():
        entry = mapping(value)
        source = text(entry.get("source"))
        if source == "sdk":
            continue
        version = text(entry.get("version"))
        if source not in _SOURCES or not version:
            pins.leave_out(f"{key} {version} {source}")
            continue
        name = text(mapping(entry.get("description")).get("name")) or key
        direct = text(entry.get("dependency"))
        scope = Scope.DEVELOPMENT if direct == "direct dev" else Scope.RUNTIME
        pins.add(
            Pin(
                type=PackageType.PUB,
                name=name,
                version=version,
                scope=scope,
                unpublished=source == "path",
            )
        )
    return pins.done()
