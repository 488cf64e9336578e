"""The wire format is read as it is written, and whatever else the bytes are is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.protobuf import MOST_FIELDS, fields, written
from pratique.model.errors import FormatError

NUMBERS = st.integers(1, (1 << 29) - 1)
VALUES = st.integers(0, (1 << 64) - 1) | st.binary(max_size=300)


@given(st.lists(st.tuples(NUMBERS, VALUES), max_size=20))
def test_what_is_written_is_read(told):
    """In order, with repeated fields."""
    assert list(fields(written(*told))) == told


@given(st.binary(max_size=200))
def test_any_bytes(content):
    """They are a message or a FormatError."""
    try:
        assert len(list(fields(content))) <= len(content)
    except FormatError:
        pass


def test_numbers_of_a_fixed_size():
    """They are passed on as bytes."""
    assert list(fields(b"\x09abcdefgh\x15ABCD")) == [(1, b"abcdefgh"), (2, b"ABCD")]


@pytest.mark.parametrize(
    "content",
    [
        b"\x08",  # a number is missing
        b"\x08\xff",  # breaks off
        b"\x08" + b"\xff" * 9 + b"\x7f",  # over 64 bits
        b"\x0a\x05abc",  # text breaks off
        b"\x0b",  # a group
        b"\x0f",  # no such kind
        b"\x09abc",
    ],
)
def test_what_is_no_message(content):
    """Each way to break off."""
    with pytest.raises(FormatError):
        list(fields(content))


def test_too_many_fields():
    """A message is bounded."""
    with pytest.raises(FormatError):
        list(fields(b"\x08\x00" * (MOST_FIELDS + 1)))
