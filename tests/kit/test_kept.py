"""Kept files come back as they were, wherever they were put."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.kept import KeptFiles
from pratique.model.errors import LimitExceeded


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.text("abc", min_size=1), st.binary(max_size=50), max_size=8),
    st.integers(0, 200),
)
def test_everything_comes_back(files: dict[str, bytes], memory: int) -> None:
    """In memory or spilled, in any order, any number of times."""
    kept = KeptFiles(memory, 1000)
    for name, content in files.items():
        kept.add(name, content)
        kept.add(name, b"the first stands")
    for name, content in reversed(files.items()):
        assert kept.get(name) == kept.get(name) == content
        assert name in kept
    assert sorted(kept.hashes()) == sorted(files)
    assert kept.get("absent") is None


def test_the_sum_is_bounded() -> None:
    """Memory and file together; what was there before stays."""
    kept = KeptFiles(2, 5)
    kept.add("a", b"abc")
    with pytest.raises(LimitExceeded):
        kept.add("b", b"def")
    assert kept.get("a") == b"abc"
    assert "b" not in kept
