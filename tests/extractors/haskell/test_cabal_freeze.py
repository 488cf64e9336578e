"""List what cabal froze."""

import pytest
from hypothesis import given, settings

from pratique.extractors.haskell import cabal_freeze
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_only_one_version_is_a_pin() -> None:
    """Flags, installed libraries and choices are none; setup dependencies are packages."""
    text = (
        "active-repositories: hackage.haskell.org:merge\n"
        "constraints: any.a ==1.0,\n             a +flag,\n             any.b ==1 || ==2,\n"
        "             c installed,\n             d:setup.e ==3,\n             f ==4\n"
        "-- any.no ==1\nindex-state: hackage.haskell.org 2025\n"
    )

    found = cabal_freeze.extract_file(layer_file("cabal.project.freeze", text))

    assert [(one.name, one.version) for one in found.packages] == [
        ("a", "1.0"),
        ("e", "3"),
        ("f", "4"),
    ]


def test_a_file_that_is_no_text_is_refused() -> None:
    """Zero bytes stand in no freeze."""
    with pytest.raises(FormatError, match="not a text file"):
        cabal_freeze.extract_file(layer_file("cabal.project.freeze", "\0"))


@settings(max_examples=40)
@given(damaged_files("cabal_freeze"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(cabal_freeze, files)
