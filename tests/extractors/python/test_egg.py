"""List packed eggs."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import egg
from pratique.model.errors import FormatError
from tests.fixtures.egg.cases import archive
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_an_egg_without_metadata_is_refused() -> None:
    """It is a zip file of another kind."""
    with pytest.raises(FormatError, match="EGG-INFO/PKG-INFO"):
        egg.extract_file(layer_file("s/a.egg", archive({"a.py": ""})))


def test_a_file_that_is_no_archive_is_refused() -> None:
    """Its name alone makes no egg."""
    with pytest.raises(FormatError):
        egg.extract_file(layer_file("s/a.egg", b"text"))


@settings(max_examples=40)
@given(damaged_files("egg"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(egg, files)
