"""
List what Composer installed: ``vendor/composer/installed.json``.

Composer 1 writes a list, Composer 2 an object with ``packages`` and the names of those that are for
development. Source: composer/composer, src/Composer/Repository/FilesystemRepository.php
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pins
from pratique.extractors.php._composer import Record, add
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import text
from pratique.model.package import Extraction, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "composer_installed"
VERSION = 1
PATTERNS = Patterns(globs=("composer/installed.json",), max_bytes=16 << 20)


class _Installed(Struct, rename="kebab"):
    packages: list[Record]
    dev_package_names: list[str] = field(default_factory=list)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that Composer installed beside the file."""
    found = parse_json(file.content(), list[Record] | _Installed)  # type: ignore[arg-type]
    installed = found if isinstance(found, _Installed) else _Installed(packages=found)
    development = frozenset(installed.dev_package_names)
    pins = Pins(NAME)
    for record in installed.packages:
        scope = Scope.DEVELOPMENT if text(record.name) in development else Scope.RUNTIME
        add(pins, record, scope, declared=False)
    return pins.done()
