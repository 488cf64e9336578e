"""Prove the order of versions that follow no known scheme."""

import pytest

from pratique.formats.versions.generic import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_pre_releases_come_before_the_end_and_letters_after() -> None:
    """As most projects mean it: openssl 1.1.1 < 1.1.1a < 1.1.1w < 1.1.2."""
    ladder = ["1.1.1b2", "1.1.1-rc1", "1.1.1", "1.1.1a", "1.1.1w", "1.1.1.1", "1.1.10"]
    assert rises(map(sort_key, ladder))
    assert sort_key("v1.2") == sort_key("release-1.2") == sort_key("1.2")


@pytest.mark.parametrize("version", ["unknown", "-", "v"])
def test_without_a_digit_it_is_no_version(version: str) -> None:
    """A word says nothing about an order."""
    with pytest.raises(FormatError):
        sort_key(version)
