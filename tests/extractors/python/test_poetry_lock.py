"""List what poetry.lock resolves."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import poetry_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_dependencies_are_named_as_their_packages() -> None:
    """However the file spells them; those that are not locked are left out."""
    text = """
[[package]]
name = "A"
version = "1"
[package.dependencies]
Zope-Interface = "*"
gone = "*"
[[package]]
name = "zope.interface"
version = "5"
[metadata]
lock-version = "2.0"
"""

    first, _ = poetry_lock.extract_file(layer_file("poetry.lock", text)).packages

    assert first.depends == ("zope.interface",)


def test_a_package_of_a_directory_is_unpublished() -> None:
    """It is the project's own, whatever PyPI has of that name."""
    text = (
        '[[package]]\nname = "a"\nversion = "1"\n[package.source]\ntype = "directory"\nurl = "a"\n'
    )

    (package,) = poetry_lock.extract_file(layer_file("poetry.lock", text)).packages

    assert package.unpublished


def test_toml_of_another_kind_is_refused() -> None:
    """A lock has packages and metadata."""
    with pytest.raises(FormatError, match="none of the keys"):
        poetry_lock.extract_file(layer_file("poetry.lock", "a = 1\n"))


def test_an_entry_without_a_version_is_counted() -> None:
    """A lock has one for every package."""
    found = poetry_lock.extract_file(layer_file("poetry.lock", '[[package]]\nname = "a"\n'))

    assert "1 entries" in found.unknowns[0].reason


@settings(max_examples=40)
@given(damaged_files("poetry_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(poetry_lock, files)
