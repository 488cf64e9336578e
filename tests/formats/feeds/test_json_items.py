"""A long JSON list is cut into the same objects that a decoder of the whole finds."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutations import mutated, only_format_errors

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES, max_size=4)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(7, size if size and size > 0 else 7))


@given(
    items=st.lists(OBJECTS, max_size=5),
    before=OBJECTS,
    after=OBJECTS,
    indent=st.sampled_from([None, 2]),
)
def test_the_objects_of_a_list_are_found(
    items: list[dict[str, Any]], before: dict[str, Any], after: dict[str, Any], indent: int | None
) -> None:
    """Equal to decoding the whole, whatever stands around the list and however bytes arrive."""
    whole = {"before": before, "list": items, "after": after}
    content = json.dumps(whole, indent=indent).encode()

    found = [json.loads(raw) for raw in list_objects(Dripping(content), "list")]

    assert found == items


def test_a_list_at_the_top() -> None:
    """Without a key the document itself is the list; what is no object is passed over."""
    content = b'[{"a": "]}\\""}, 1, [{"inner": 1}], {"b": {"c": []}}]'

    assert list(list_objects(io.BytesIO(content))) == [b'{"a": "]}\\""}', b'{"b": {"c": []}}']


def test_a_key_deeper_down_does_not_count() -> None:
    """Only a top-level list of that name is read."""
    content = b'{"x": {"list": [{"no": 1}]}, "list": [{"yes": 1}]}'

    assert list(list_objects(io.BytesIO(content), "list")) == [b'{"yes": 1}']


@pytest.mark.parametrize(
    "content", [b'{"list": [{"a": 1}', b'{"list": [{"a": "', b'{"l": []}', b"", b"}"]
)
def test_a_list_that_is_cut_or_absent_is_an_error(content: bytes) -> None:
    """The end of the list must be seen."""
    with pytest.raises(FormatError):
        list(list_objects(io.BytesIO(content), "list"))


def test_one_object_is_bounded() -> None:
    """An object that does not end within the bound is refused."""
    content = b'{"list": [{"a": "' + b"x" * (3 << 20)

    with pytest.raises(LimitExceeded):
        list(list_objects(io.BytesIO(content), "list", 1 << 20))


def test_decoding_is_bounded_and_typed() -> None:
    """Depth, shape and encoding are checked, with one error for all."""
    for content in (b"[" * 100 + b"]" * 100, b'{"a": "text"}', b'{"a": "\xff"}', b"{"):
        with pytest.raises(FormatError):
            decode_json(content, dict[str, int])


@settings(max_examples=300)
@given(mutated(b'{"a": {"list": [1]}, "list": [{"k": "v\\"]"}, {"x": [{}, {}]}], "z": []}'))
def test_anything_is_cut_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: list_objects(io.BytesIO(c), "list"), content)
