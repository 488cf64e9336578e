"""List what GHC knows as installed."""

import pytest
from hypothesis import given, settings

from pratique.extractors.haskell import ghc_package
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_an_inner_library_counts_as_its_package() -> None:
    """Fields may be laid out over several lines, with blank lines between."""
    text = "name:  z-a-z-inner\npackage-name: a\nversion: 1.0\nlicense: BSD3\n\ndepends:\n    base-4.15.1.0 b-c-2.0-AbC1\n"

    (package,) = ghc_package.extract_file(layer_file("l/package.conf.d/a-1.0.conf", text)).packages

    assert (package.name, package.version, package.licences) == ("a", "1.0", ("BSD3",))
    assert package.depends == ("b-c", "base")


def test_a_file_without_name_is_refused() -> None:
    """Each registers one library."""
    with pytest.raises(FormatError, match="no name and version"):
        ghc_package.extract_file(layer_file("l/package.conf.d/a-1.0.conf", "x\n"))


@settings(max_examples=40)
@given(damaged_files("ghc_package"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(ghc_package, files)
