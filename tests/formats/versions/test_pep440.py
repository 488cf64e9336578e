"""Prove that Python's order is packaging's, and where legacy versions stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from pratique.formats.versions.pep440 import sort_key, validate
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import NUMBERS, agree

VERSIONS = st.builds(
    lambda epoch, numbers, rest: epoch + numbers + rest,
    st.sampled_from(["", "1!"]),
    NUMBERS,
    st.sampled_from(["", "a1", "rc1", ".dev2", ".post1", "+local.1", ".post1.dev3"]),
)


@given(a=VERSIONS, b=VERSIONS)
def test_packaging_says_the_same(a: str, b: str) -> None:
    """PEP 440."""
    agree(sort_key(a), sort_key(b), Version(a), Version(b))


@pytest.mark.parametrize("version", ["0.1-bulbasaur", "2013-01-21T20:33:09+0100", "unknown"])
def test_a_legacy_version_is_below_all_and_never_installed(version: str) -> None:
    """It has a place for advisories that name it, and is refused as an installed version."""
    assert sort_key(version) < sort_key("0.dev0")
    with pytest.raises(FormatError):
        validate(version)
