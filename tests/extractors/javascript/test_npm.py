import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript._npm import installed_as, is_name, is_version, unaliased


@pytest.mark.parametrize("name", ["ms", "@a/b", "JSONStream", "a.b-c_d~e", "0"])
def test_names_of_npm_are_names(name: str) -> None:
    """Old ones with capitals too."""
    assert is_name(name)


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "@a/", "@/b", "@a/b/c", "_a", ".bin", "a b", "a\n", "é", "x" * 215],
)
def test_others_are_none(name: str) -> None:
    """No name leads out of its folder."""
    assert not is_name(name)


@given(st.text(max_size=80))
def test_a_place_gives_a_name_or_nothing(path: str) -> None:
    """Whatever the path."""
    name = installed_as(f"node_modules/{path}/package.json")

    assert name == "" or is_name(name)


def test_an_alias_without_a_name_keeps_its_own() -> None:
    """Yarn writes ``npm:1.0.0`` for a package under its own name."""
    assert unaliased("a", "npm:@b/c@1.0.0") == ("@b/c", "1.0.0")
    assert unaliased("a", "npm:^1.0.0") == ("a", "^1.0.0")


@pytest.mark.parametrize("text", ["", "*", "latest", "github:a/b", "1.0.0 || 2", "../x"])
def test_ranges_and_places_are_no_versions(text: str) -> None:
    """A pin is one version."""
    assert not is_version(text)
