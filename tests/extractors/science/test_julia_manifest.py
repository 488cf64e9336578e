"""List what Manifest.toml of Julia resolves."""

from hypothesis import given, settings

from pratique.extractors.science import julia_manifest
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_equal_names_are_told_apart_by_uuid() -> None:
    """A manifest may hold two packages of one name."""
    text = 'manifest_format = "2.0"\n' + "".join(
        f'[[deps.A]]\nuuid = "{uuid}"\nversion = "{version}"\n'
        for uuid, version in (("00", "1.0.0"), ("11", "2.0.0"))
    )

    found = julia_manifest.extract_file(layer_file("Manifest.toml", text))

    assert [one.purl for one in found.packages] == [
        "pkg:julia/A@1.0.0?uuid=00",
        "pkg:julia/A@2.0.0?uuid=11",
    ]


def test_needs_are_a_list_or_a_table() -> None:
    """A table where a name alone would not be enough."""
    text = """
[[A]]
uuid = "00"
version = "1"
path = "."
    [A.deps]
    B = "11"
[[B]]
uuid = "11"
version = "1"
deps = ["A"]
"""

    first, second = julia_manifest.extract_file(layer_file("Manifest.toml", text)).packages

    assert (first.depends, second.depends) == (("B",), ("A",))
    assert first.unpublished
    assert not second.unpublished


def test_manifests_of_other_programs_have_no_such_lists() -> None:
    """They are passed over."""
    text = 'name = "x"\n[[thing]]\nversion = "1"\n'

    assert julia_manifest.extract_file(layer_file("Manifest.toml", text)).packages == ()


@settings(max_examples=40)
@given(damaged_files("julia_manifest"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(julia_manifest, files)
