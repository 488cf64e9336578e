"""Prove the order of Haskell packages."""

import pytest

from pratique.formats.versions.hackage import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_numbers_compare_one_by_one() -> None:
    """A longer version is greater, also when it ends in zero."""
    ladder = ["0.9", "0.10", "0.10.0", "0.10.0.1", "1"]
    assert rises(map(sort_key, ladder))


@pytest.mark.parametrize("version", ["1.", "1-2", "1.a"])
def test_what_is_no_version_is_refused(version: str) -> None:
    """The package versioning policy knows numbers and dots only."""
    with pytest.raises(FormatError):
        sort_key(version)
