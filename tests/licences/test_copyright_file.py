"""The fields of a Debian copyright file are read with the text below them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.licences._copyright_file import MOST, is_copyright_file, stated


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/", True),
        ("Format-Specification: http://dep.debian.net/deps/dep5/", True),
        ("This package was debianized by", False),
        ("Format: 3.0 (quilt)", False),
    ],
)
def test_the_format_says_what_it_is(head: str, *, is_one: bool) -> None:
    """Old names of it count."""
    assert is_copyright_file(head + "\n") is is_one


def test_fields_are_bounded_and_empty_ones_left_out() -> None:
    """A field without name and text says nothing."""
    assert list(stated("License:\n\nLicense: MIT\n")) == list(stated("License:\n\nLicense: MIT"))
    assert len(list(stated("License: MIT\n" * (MOST + 5)))) == MOST


@given(st.text(alphabet="License: MIT\n\t x", max_size=200))
def test_positions_are_those_of_fields(text: str) -> None:
    """Each at the start of a line."""
    for one in stated(text):
        assert text[one.at :].lower().startswith("license:")
        assert one.at == 0 or text[one.at - 1] == "\n"
