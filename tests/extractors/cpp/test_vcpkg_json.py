"""List what vcpkg.json overrides."""

from hypothesis import given, settings

from pratique.extractors.cpp import vcpkg_json
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_versions_have_four_spellings() -> None:
    """A port version is part of it; minimum versions are no pins."""
    text = """{"dependencies": [{"name": "x", "version>=": "1"}], "overrides": [
    {"name": "a", "version": "1"}, {"name": "b", "version-string": "2", "port-version": 3},
    {"name": "c", "version-semver": "4"}, {"name": "d", "version-date": "2024-01-01"},
    {"name": "e", "version": "5#6", "port-version": 6}]}"""

    found = vcpkg_json.extract_file(layer_file("vcpkg.json", text))

    assert [(one.name, one.version) for one in found.packages] == [
        ("a", "1"),
        ("b", "2#3"),
        ("c", "4"),
        ("d", "2024-01-01"),
        ("e", "5#6"),
    ]


@settings(max_examples=40)
@given(damaged_files("vcpkg_json"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(vcpkg_json, files)
