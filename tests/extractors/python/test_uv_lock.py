"""List what uv.lock resolves."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import uv_lock
from pratique.model.errors import FormatError
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

ROOT = 'version = 1\n[[package]]\nname = "app"\nversion = "0.1.0"\nsource = { virtual = "." }\n'


def _package(name: str, more: str = "", version: str = "1") -> str:
    return f'[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "x" }}\n{more}'


def _scopes(text: str) -> dict[str, Scope]:
    found = uv_lock.extract_file(layer_file("uv.lock", text))
    return {f"{one.name}@{one.version}": one.scope for one in found.packages}


def test_the_widest_way_counts() -> None:
    """What the project needs is for running, though a group and an extra lead to it too."""
    text = ROOT + (
        'dependencies = [{ name = "a" }]\n'
        '[package.optional-dependencies]\nx = [{ name = "b" }]\n'
        '[package.dev-dependencies]\ndev = [{ name = "b" }, { name = "c" }, { name = "a" }]\n'
    )
    text += _package("a") + _package("b") + _package("c", 'dependencies = [{ name = "d" }]\n')
    text += _package("d")

    assert _scopes(text) == {
        "a@1": Scope.RUNTIME,
        "app@0.1.0": Scope.RUNTIME,
        "b@1": Scope.OPTIONAL,
        "c@1": Scope.DEVELOPMENT,
        "d@1": Scope.DEVELOPMENT,
    }


def test_one_of_several_versions_is_told_by_the_edge() -> None:
    """Each is its own package with its own scope."""
    text = ROOT + (
        'dependencies = [{ name = "a", version = "1" }]\n'
        '[package.dev-dependencies]\ndev = [{ name = "a", version = "2" }]\n'
    )
    text += _package("a") + _package("a", version="2")

    assert _scopes(text)["a@1"] is Scope.RUNTIME
    assert _scopes(text)["a@2"] is Scope.DEVELOPMENT


def test_circles_end() -> None:
    """Packages may need each other."""
    text = ROOT + 'dependencies = [{ name = "a", extra = ["x"] }]\n'
    text += _package("a", '[package.optional-dependencies]\nx = [{ name = "b", extra = ["x"] }]\n')
    text += _package("b", '[package.optional-dependencies]\nx = [{ name = "a", extra = ["x"] }]\n')

    assert set(_scopes(text).values()) == {Scope.RUNTIME}


def test_the_project_itself_is_unpublished() -> None:
    """A package of PyPI may have its name."""
    (package,) = uv_lock.extract_file(layer_file("uv.lock", ROOT)).packages

    assert package.unpublished


def test_a_script_states_its_own_requirements() -> None:
    """Its lock has no project."""
    text = (
        'version = 1\n[manifest]\nrequirements = [{ name = "a" }]\n' + _package("a") + _package("b")
    )

    assert _scopes(text)["a@1"] is Scope.RUNTIME


def test_too_many_edges_are_a_limit() -> None:
    """A name of many versions, asked for many times, does not multiply."""
    text = ROOT + "dependencies = [" + '{ name = "a" },' * 2000 + "]\n"
    text += "".join(_package("a", version=str(number)) for number in range(300))

    with pytest.raises(FormatError, match="too many dependencies"):
        uv_lock.extract_file(layer_file("uv.lock", text))


@settings(max_examples=40)
@given(damaged_files("uv_lock"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(uv_lock, files)
