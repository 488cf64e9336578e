import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.beam import gleam_manifest
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_needs_are_those_in_the_manifest() -> None:
    """A local project is unpublished."""
    text = """packages = [
      { name = "a", version = "1.0.0", build_tools = ["gleam"], requirements = ["b", "gone"], source = "hex" },
      { name = "b", version = "0.1.0", build_tools = ["gleam"], requirements = [], source = "local", path = "../b" },
    ]"""
    found = gleam_manifest.extract_file(layer_file("srv/manifest.toml", text)).packages

    assert [(p.name, p.depends, p.unpublished) for p in found] == [
        ("a", ("b",), False),
        ("b", (), True),
    ]


def test_a_manifest_of_another_tool_is_passed_over() -> None:
    """The name is not Gleam's alone."""
    assert gleam_manifest.extract_file(layer_file("manifest.toml", "id = [")).packages == ()


def test_a_damaged_manifest_is_a_format_error() -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        gleam_manifest.extract_file(layer_file("manifest.toml", "packages = [{ build_tools = ["))


@given(mutated(*samples("gleam_manifest")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(gleam_manifest, "srv/manifest.toml", content)
