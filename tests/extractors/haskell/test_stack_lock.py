"""List what stack.yaml.lock completes."""

import pytest
from hypothesis import given, settings

from pratique.extractors.haskell import stack_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_an_entry_of_hackage_without_a_version_is_counted() -> None:
    """A lock completes every one; a file without packages or snapshots is no lock."""
    text = "packages:\n- completed:\n    hackage: nothing\nsnapshots: []\n"

    found = stack_lock.extract_file(layer_file("stack.yaml.lock", text))

    assert "1 entries" in found.unknowns[0].reason
    with pytest.raises(FormatError, match="snapshots"):
        stack_lock.extract_file(layer_file("stack.yaml.lock", "a: 1\n"))


@settings(max_examples=40)
@given(damaged_files("stack_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(stack_lock, files)
