"""List Lua packages by their rockspecs."""

import pytest
from hypothesis import given, settings

from pratique.extractors.lua import rockspec
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

TREE = "usr/local/lib/luarocks/rocks-5.1/a/1.0-1/a-1.0-1.rockspec"


def test_a_name_that_must_be_computed_is_that_of_the_file() -> None:
    """LuaRocks requires both to agree."""
    text = "package = require('x').name\nversion = tostring(1.0) .. '-1'\n"

    (package,) = rockspec.extract_file(layer_file(TREE, text)).packages

    assert (package.name, package.version, package.declared) == ("a", "1.0-1", False)


def test_what_luarocks_installed_is_told_by_its_place() -> None:
    """Anywhere else it is a source, and development states of sources are none."""
    text = "package = 'a'\nversion = '1.0-1'\n"

    (package,) = rockspec.extract_file(layer_file("srv/a-1.0-1.rockspec", text)).packages

    assert package.declared
    unreleased = text.replace("1.0", "scm")
    assert rockspec.extract_file(layer_file("srv/a-scm-1.rockspec", unreleased)).packages == ()


def test_what_neither_says_is_refused() -> None:
    """A text of that name is no rockspec."""
    with pytest.raises(FormatError, match="name and version"):
        rockspec.extract_file(layer_file("srv/a.rockspec", "x"))


@settings(max_examples=40)
@given(damaged_files("rockspec"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(rockspec, files)
