"""List what Pipfile.lock resolves."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import pipfile_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_what_has_no_version_is_no_pin() -> None:
    """Repositories and paths; a file whose name says the version is one."""
    text = """{"_meta": {}, "default": {
        "a": {"git": "https://x/a.git", "ref": "0"}, "b": {"path": "."}, "c": {"version": "*"},
        "d": {"file": "https://x/d-1.0-py3-none-any.whl"}, "e": {"version": "==2"}}}"""

    found = pipfile_lock.extract_file(layer_file("Pipfile.lock", text))

    assert [(one.name, one.version) for one in found.packages] == [("d", "1.0"), ("e", "2")]
    assert found.unknowns == ()


def test_json_of_another_kind_is_refused() -> None:
    """A lock says how it was made."""
    with pytest.raises(FormatError, match="_meta"):
        pipfile_lock.extract_file(layer_file("Pipfile.lock", "{}"))


@settings(max_examples=40)
@given(damaged_files("pipfile_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(pipfile_lock, files)
