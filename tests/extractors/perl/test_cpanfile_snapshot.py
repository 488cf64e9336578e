"""List what Carton locked."""

import pytest
from hypothesis import given, settings

from pratique.extractors.perl import cpanfile_snapshot
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.unit_fuzz import damaged_files, survives


def test_needs_lead_to_distributions() -> None:
    """By the module that provides; Perl itself provides none."""
    text = """# carton snapshot format: version 1.0
DISTRIBUTIONS
  A-B-1.0
    pathname: X/XY/XYZ/A-B-1.0.tar.gz
    provides:
      A::B 1.0
    requirements:
      C 0
      perl 5.008
  C-2
    pathname: X/XY/XYZ/C-2.tar.gz
    provides:
      C 2
"""

    first, _ = cpanfile_snapshot.extract_file(layer_file("cpanfile.snapshot", text)).packages

    assert (first.purl, first.depends) == ("pkg:cpan/XYZ/A-B@1.0", ("C",))


def test_a_name_without_a_version_is_counted() -> None:
    """And a file without the list is refused."""
    found = cpanfile_snapshot.extract_file(layer_file("cpanfile.snapshot", "DISTRIBUTIONS\n  A\n"))

    assert "1 entries" in found.unknowns[0].reason
    with pytest.raises(FormatError, match="DISTRIBUTIONS"):
        cpanfile_snapshot.extract_file(layer_file("cpanfile.snapshot", "x\n"))


@settings(max_examples=40)
@given(damaged_files("cpanfile_snapshot"))
def test_a_damaged_file_is_said_to_be_so_or_read(files: dict[str, bytes]) -> None:
    """Nothing but a FormatError escapes, and what is found is whole."""
    survives(cpanfile_snapshot, files)
