"""List what renv.lock locks."""

import pytest
from hypothesis import given, settings

from pratique.extractors.science import renv_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_a_local_package_is_unpublished() -> None:
    """CRAN may have one of its name."""
    text = '{"R": {}, "Packages": {"a": {"Package": "a", "Version": "1", "Source": "Local"}}}'

    (package,) = renv_lock.extract_file(layer_file("renv.lock", text)).packages

    assert package.unpublished


def test_json_of_another_kind_is_refused() -> None:
    """A lock names R or packages."""
    with pytest.raises(FormatError, match="Packages"):
        renv_lock.extract_file(layer_file("renv.lock", "{}"))


@settings(max_examples=40)
@given(damaged_files("renv_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(renv_lock, files)
