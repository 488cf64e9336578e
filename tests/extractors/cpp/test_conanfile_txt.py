"""List what conanfile.txt requires."""

import pytest
from hypothesis import given, settings

from pratique.extractors.cpp import conanfile_txt
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_sections_say_what_it_is_for() -> None:
    """Ranges are no pins, options no packages; a revision is no comment."""
    text = "[requires]\r\na/1 # why\nb/[>1 <2]\nc/2@u/c#rev\n[tool_requires]\nd/3\n[options]\na/*:x=1\n"

    found = conanfile_txt.extract_file(layer_file("conanfile.txt", text))

    assert [(one.name, one.version, one.scope) for one in found.packages] == [
        ("a", "1", Scope.RUNTIME),
        ("c", "2", Scope.RUNTIME),
        ("d", "3", Scope.DEVELOPMENT),
    ]
    assert found.unknowns == ()


def test_a_file_that_is_no_text_is_refused() -> None:
    """Zero bytes stand in no conanfile."""
    with pytest.raises(FormatError, match="not a text file"):
        conanfile_txt.extract_file(layer_file("conanfile.txt", "\0"))


@settings(max_examples=40)
@given(damaged_files("conanfile_txt"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(conanfile_txt, files)
