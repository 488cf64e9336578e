"""Show that an extractor outlives damaged files: their reading ends in packages or a FormatError."""

import importlib

from pratique.formats.packages.damaged import is_word
from pratique.model.errors import FormatError
from pratique.model.units import LayerUnit
from tests.fixtures.case import content_of
from tests.makers.layer_file import layer_file


def samples(unit: str) -> tuple[bytes, ...]:
    """Return the contents of a unit's fixtures."""
    cases = importlib.import_module(f"tests.fixtures.{unit}.cases").CASES
    return tuple(content_of(content) for case in cases for content in case.files.values())


def survives(unit: LayerUnit, path: str, content: bytes) -> None:
    """Read ``content`` and assert that what comes out can be reported."""
    try:
        found = unit.extract_file(layer_file(path, content))
    except FormatError:
        return
    for package in found.packages:
        assert is_word(package.version)
        assert is_word(package.name)
        assert package.purl.startswith("pkg:")
        assert package.origin == unit.NAME
    keys = [package.key for package in found.packages]
    assert len(keys) == len(set(keys))
