"""List explicit lists of conda."""

import pytest
from hypothesis import given, settings

from pratique.extractors.conda import conda_explicit
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_an_export_pins_names() -> None:
    """What pip installed is PyPI's."""
    text = (
        "# This file may be used to create an environment using:\n# platform: linux-64\n"
        "zlib=1.2=h0\nrequests=2.28=pypi_0\nwhat is this\n"
    )

    found = conda_explicit.extract_file(layer_file("requirements.txt", text))

    assert [(str(one.type), one.name) for one in found.packages] == [
        ("conda", "zlib"),
        ("pypi", "requests"),
    ]
    assert "1 entries" in found.unknowns[0].reason


def test_a_line_that_is_no_archive_is_counted() -> None:
    """Addresses of archives are all that follows the mark."""
    found = conda_explicit.extract_file(layer_file("conda-x.lock", "@EXPLICIT\nhttps://x/a.zip\n"))

    assert found.packages == ()
    assert len(found.unknowns) == 1


def test_files_of_other_programs_are_passed_over() -> None:
    """The names are common ones; the mark with bytes that no text has is refused."""
    assert conda_explicit.extract_file(layer_file("conda-x.lock", "a: 1\n")).packages == ()
    assert conda_explicit.extract_file(layer_file("requirements.txt", "\0")).packages == ()
    with pytest.raises(FormatError, match="not a text file"):
        conda_explicit.extract_file(layer_file("conda-x.lock", "@EXPLICIT\0"))


@settings(max_examples=40)
@given(damaged_files("conda_explicit"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(conda_explicit, files)
