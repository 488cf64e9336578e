"""List what pylock.toml locks."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import pylock
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def _lock(marker: str) -> Scope:
    text = 'lock-version = "1.0"\ndefault-groups = ["default"]\n[[packages]]\nname = "a"\nversion = "1"\n'
    text += f"marker = '{marker}'\n" if marker else ""
    (package,) = pylock.extract_file(layer_file("pylock.toml", text)).packages
    return package.scope


@pytest.mark.parametrize(
    ("marker", "scope"),
    [
        ("", Scope.RUNTIME),
        ('"default" in dependency_groups', Scope.RUNTIME),
        ('"dev" in dependency_groups', Scope.OPTIONAL),
        ('"x" in extras', Scope.OPTIONAL),
        ('python_version < "3.11"', Scope.RUNTIME),
        ('sys_platform == "win32"', Scope.OPTIONAL),
    ],
)
def test_markers_say_when_it_is_installed(marker: str, scope: Scope) -> None:
    """By default, on request, or on other systems alone."""
    assert _lock(marker) is scope


def test_toml_of_another_kind_is_refused() -> None:
    """The version of the format is required."""
    with pytest.raises(FormatError, match="lock-version"):
        pylock.extract_file(layer_file("pylock.toml", "[[packages]]\n"))


@settings(max_examples=40)
@given(damaged_files("pylock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(pylock, files)
