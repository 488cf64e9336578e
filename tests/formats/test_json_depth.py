import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.json_depth import check_depth, check_values
from pratique.model.errors import LimitExceeded

VALUES = st.recursive(
    st.none() | st.text(alphabet='[]{}"\\a\n', max_size=8) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet='[{"\\', max_size=4), inner, max_size=3)
    ),
    max_leaves=20,
)


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(depth_of, value), default=0)
    return 0


@given(VALUES, st.booleans())
def test_passes_exactly_up_to_the_true_depth(value: object, ascii_only: bool):
    """The depth of valid JSON is exact, whatever its strings hold."""
    content = json.dumps(value, ensure_ascii=ascii_only).encode()
    depth = depth_of(value)
    check_depth(content, depth)
    if depth:
        with pytest.raises(LimitExceeded):
            check_depth(content, depth - 1)


@given(st.binary(max_size=200), st.integers(0, 5))
def test_any_bytes_pass_or_exceed(content: bytes, limit: int):
    """Bytes that are no JSON never raise anything but LimitExceeded."""
    try:
        check_depth(content, limit)
    except LimitExceeded:
        assert content.count(b"[") + content.count(b"{") > limit


def test_a_million_levels_are_counted_without_recursion():
    """Depth far beyond the interpreter's stack is refused, not crashed on."""
    with pytest.raises(LimitExceeded, match="1000000 deep"):
        check_depth(b"[" * 1_000_000, 64)


def test_values_are_counted_before_they_are_made() -> None:
    """Three values pass a bound of three; what might be a fourth does not."""
    check_values(b'{"a": 1, "b": 2, "c": 3}', 3)
    with pytest.raises(LimitExceeded, match="json_values"):
        check_values(b"[[],[],[],[]]", 3)
