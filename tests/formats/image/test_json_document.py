"""Prove that a document is bounded before it is decoded, and refused in one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.json_document import decode_document
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded


def test_bounds():
    """Bytes and depth are counted before a decoder sees the text."""
    with pytest.raises(LimitExceeded, match="4 bytes of JSON, more than 3"):
        decode_document(b"[[]]", list[object], Limits(json_bytes=3))
    with pytest.raises(LimitExceeded, match="2 deep"):
        decode_document(b"[[]]", list[object], Limits(json_depth=1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a": "1"}', "not what the specification asks for"),
        (b"{", "not what the specification asks for"),
        (b'{"\xff": 1}', "not JSON text"),
    ],
)
def test_what_is_refused(content, reason):
    """Wrong types, broken syntax and what is no UTF-8 are told apart."""
    with pytest.raises(FormatError, match=reason):
        decode_document(content, dict[str, int], DEFAULT)


@given(st.binary(max_size=64))
def test_any_bytes(content):
    """Whatever the bytes are, the answer is a value of the kind or a FormatError."""
    try:
        assert isinstance(decode_document(content, dict[str, int], DEFAULT), dict)
    except FormatError:
        pass
