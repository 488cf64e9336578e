"""
List what ``composer.lock`` pins.

``packages`` are needed to run, ``packages-dev`` to develop (null in locks made without them).
Source: composer/composer, src/Composer/Package/Locker.php
"""

from msgspec import Struct

from pratique.extractors._pins import Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.php._composer import Record, add
from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "composer_lock"
VERSION = 1
PATTERNS = Patterns(names=("composer.lock",), max_bytes=16 << 20)


class _Lock(Struct, rename="kebab"):
    packages: list[Record] | None = None
    packages_dev: list[Record] | None = None


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), _Lock)
    if lock.packages is None:
        raise FormatError("no lock file of Composer: no packages")
    pins = Pins(NAME)
    for record in lock.packages:
        add(pins, record, Scope.RUNTIME, declared=True)
    for record in lock.packages_dev or ():
        add(pins, record, Scope.DEVELOPMENT, declared=True)
    return pins.done()
