import json

from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript._jsonc import plain_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_plain_json_means_the_same(value: object) -> None:
    """Whatever its strings look like."""
    assert json.loads(plain_json(json.dumps(value).encode())) == value


@given(st.binary(max_size=300))
def test_any_bytes_end(content: bytes) -> None:
    """Nothing is made longer."""
    assert len(plain_json(content)) <= len(content)


def test_open_strings_and_comments_are_taken_once() -> None:
    """A megabyte of each ends at once: no text is looked at twice."""
    for piece in (b'"' + b'\\"' * 500_000, b"/*" * 500_000, b"," * 500_000, b", " * 500_000):
        plain_json(piece)
