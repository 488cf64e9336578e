"""Prove that numbers written as text sort by value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.versions._text import MAX_CHARS, checked, number
from pratique.model.errors import FormatError


@given(a=st.integers(0, 10**40), b=st.integers(0, 10**40), zeros=st.integers(0, 5))
def test_numbers_sort_by_value(a: int, b: int, zeros: int) -> None:
    """As text exactly when as numbers; leading zeros do not count; empty is zero."""
    assert (number(str(a)) < number(str(b))) == (a < b)
    assert number("0" * zeros + str(a)) == number(str(a))
    assert number("") == number("0")


def test_bounds() -> None:
    """A version of the longest length passes, one more does not."""
    assert checked("1" * MAX_CHARS, "deb")
    with pytest.raises(FormatError, match="not a deb version"):
        checked("1" * (MAX_CHARS + 1), "deb")
