"""Typed JSON of an image."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.documents.json import parse_json
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded


class _Named(Struct):
    name: str = ""


def test_a_byte_order_mark_is_passed_over() -> None:
    """Tools on Windows write one, and node reads past it."""
    assert parse_json(b'\xef\xbb\xbf{"name": "ms"}', _Named).name == "ms"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": 1}', b'{"name": "\xff"}'])
def test_what_is_no_such_json_is_a_format_error(content: bytes) -> None:
    with pytest.raises(FormatError):
        parse_json(content, _Named)


def test_depth_and_number_of_values_are_bounded() -> None:
    """Both are the image's to choose, and both cost memory far beyond the bytes."""
    with pytest.raises(LimitExceeded):
        parse_json(b"[" * 1000 + b"]" * 1000, list[object])
    with pytest.raises(LimitExceeded):
        parse_json(b"[1,1,1]", list[object], replace(DEFAULT, document_values=2))


@given(st.binary())
def test_any_bytes_give_a_value_or_a_format_error(content: bytes) -> None:
    try:
        assert isinstance(parse_json(content, _Named), _Named)
    except FormatError:
        pass
