"""Prove the order of R packages."""

import pytest

from pratique.formats.versions.cran import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_numbers_compare_one_by_one() -> None:
    """Dots and hyphens are one; a longer version is greater; no decimal fractions."""
    ladder = ["0.9", "0.75", "0.75.0", "0.75-1", "1.0"]
    assert rises(map(sort_key, ladder))
    assert sort_key("1-2.3") == sort_key("1.2-3")


@pytest.mark.parametrize("version", ["1.", "1.a", "-1", "1--2"])
def test_what_is_no_version_is_refused(version: str) -> None:
    """R itself refuses them."""
    with pytest.raises(FormatError):
        sort_key(version)
