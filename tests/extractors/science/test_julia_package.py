"""List packages of a Julia depot."""

from hypothesis import given, settings

from pratique.extractors.science import julia_package
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

PROJECT = 'name = "A"\nuuid = "00"\nversion = "1.0.0"\n[deps]\nB = "11"\n'


def test_the_folder_must_be_the_package_s() -> None:
    """Else it is a project of somebody that lies there."""
    at = "root/.julia/packages/A/x1y2z/Project.toml"

    (package,) = julia_package.extract_file(layer_file(at, PROJECT)).packages

    assert (package.name, package.depends, package.declared) == ("A", ("B",), False)
    other = at.replace("/A/", "/C/")
    assert julia_package.extract_file(layer_file(other, PROJECT)).packages == ()


def test_the_standard_library_is_listed_where_it_has_versions() -> None:
    """It does since Julia 1.11."""
    at = "usr/share/julia/stdlib/v1.11/A/Project.toml"

    assert len(julia_package.extract_file(layer_file(at, PROJECT)).packages) == 1
    without = PROJECT.replace("version", "other")
    assert julia_package.extract_file(layer_file(at, without)).packages == ()


@settings(max_examples=40)
@given(damaged_files("julia_package"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(julia_package, files)
