"""List what conda-lock locks."""

import pytest
from hypothesis import given, settings

from pratique.extractors.conda import conda_lock
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

ENTRY = "- {{name: {0}, version: '1', manager: {1}, platform: {2}, category: {3}, optional: {4}}}\n"


def test_managers_platforms_and_categories() -> None:
    """Python's packages are PyPI's; other platforms and extras are optional."""
    text = "package:\n" + "".join(
        ENTRY.format(*one.split())
        for one in (
            "a conda linux-64 main false",
            "b pip linux-64 main false",
            "c conda osx-64 main false",
            "d conda linux-64 dev true",
            "e conda linux-64 main true",
        )
    )

    found = conda_lock.extract_file(layer_file("conda-lock.yml", text))

    assert [(str(one.type), one.name, one.scope) for one in found.packages] == [
        ("conda", "a", Scope.RUNTIME),
        ("conda", "c", Scope.OPTIONAL),
        ("conda", "d", Scope.DEVELOPMENT),
        ("conda", "e", Scope.OPTIONAL),
        ("pypi", "b", Scope.RUNTIME),
    ]


def test_yaml_of_another_kind_is_refused() -> None:
    """A lock has a list of packages."""
    with pytest.raises(FormatError, match="no list of packages"):
        conda_lock.extract_file(layer_file("conda-lock.yml", "a: 1\n"))


@settings(max_examples=40)
@given(damaged_files("conda_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(conda_lock, files)
