"""List installed R packages."""

from hypothesis import given, settings

from pratique.extractors.science import r_description
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives

INSTALLED = "Package: a\nVersion: 1-2\nLicense: GPL (>= 2)\nDepends: R (>= 3),\n    b\nImports: c (>= 1)\nBuilt: R 4\n"


def test_what_r_installed_is_marked_so() -> None:
    """A DESCRIPTION without Built is somebody's source."""
    (package,) = r_description.extract_file(layer_file("l/a/DESCRIPTION", INSTALLED)).packages

    assert (package.name, package.version, package.depends) == ("a", "1-2", ("b", "c"))
    assert package.licences == ("GPL (>= 2)",)
    source = INSTALLED.replace("Built", "Packaged")
    assert r_description.extract_file(layer_file("l/a/DESCRIPTION", source)).packages == ()


def test_other_programs_have_such_files_too() -> None:
    """Octave's, prose, nothing."""
    for text in ("Name: x\nVersion: 1\n", "A text.\n", ""):
        assert r_description.extract_file(layer_file("x/DESCRIPTION", text)).packages == ()


@settings(max_examples=40)
@given(damaged_files("r_description"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(r_description, files)
