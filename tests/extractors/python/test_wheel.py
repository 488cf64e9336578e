"""List the Python packages that an installer unpacked from wheels."""

import pytest
from hypothesis import given, settings

from pratique.extractors.python import wheel
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_the_header_is_read_and_nothing_behind_it() -> None:
    """A name in the description is no name; needs under a condition are left out."""
    content = (
        b"Name: A\nVersion: 1\nRequires-Dist: b (>=2)\nRequires-Dist: c; extra == 'x'\n\nName: no\n"
    )

    (package,) = wheel.extract_file(layer_file("s/A-1.dist-info/METADATA", content)).packages

    assert (package.name, package.version, package.depends) == ("A", "1", ("b",))
    assert package.purl == "pkg:pypi/a@1"
    assert not package.declared


def test_emptied_metadata_is_made_up_for_by_the_folder() -> None:
    """Pip goes by the folder's name too; that the file says nothing is told."""
    found = wheel.extract_file(layer_file("s/zope.event-4.4.dist-info/METADATA", b""))

    assert [(one.name, one.version) for one in found.packages] == [("zope.event", "4.4")]
    assert "no name and version" in found.unknowns[0].reason


def test_what_neither_says_is_refused() -> None:
    """A folder without a version and a file without a name are no package."""
    with pytest.raises(FormatError, match="no name and version"):
        wheel.extract_file(layer_file("s/x.dist-info/METADATA", b"Summary: x\n"))


def test_a_header_that_does_not_end_is_told() -> None:
    """What stands behind the bound is not read, and not passed over in silence."""
    content = b"Name: a\nVersion: 1\n" + b"Keywords: x\n" * 100_000

    found = wheel.extract_file(layer_file("s/a-1.dist-info/METADATA", content))

    assert len(found.packages) == 1
    assert "over 1048576 bytes" in found.unknowns[0].reason


@settings(max_examples=40)
@given(damaged_files("wheel"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(wheel, files)
