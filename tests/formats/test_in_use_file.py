"""What was seen at work travels as a file, and comes back equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats import in_use_file
from pratique.formats.in_use_file import read_in_use, write_in_use
from pratique.model.errors import UsageError
from pratique.model.in_use import InUse

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=9)
TIME = st.integers(0, 2**62)
ROWS = st.lists(st.builds(InUse, digest=TEXT, package=TEXT, path=TEXT, first_ns=TIME, last_ns=TIME))


@given(ROWS)
def test_what_is_read_is_what_was_written(rows: list[InUse]) -> None:
    assert read_in_use(write_in_use(rows), "x") == tuple(sorted(rows))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "x: "),
        (b"[]", "x: Expected `object`"),
        (b'{"schema": "other/1"}', "the schema is 'other/1'"),
        (b'{"schema": "pratique.in-use/1", "in_use": [{"digest": "a"}]}', "missing required"),
    ],
)
def test_anything_else_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_in_use(content, "x")


@given(st.binary(max_size=50))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(UsageError):
        read_in_use(content, "x")


def test_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    row = InUse(digest="a", package="b", path="c", first_ns=1, last_ns=2)
    content = write_in_use([row, row])
    monkeypatch.setattr(in_use_file, "MAX_ROWS", 1)
    with pytest.raises(UsageError, match="more than 1 rows"):
        read_in_use(content, "x")
    monkeypatch.setattr(in_use_file, "MAX_BYTES", 10)
    with pytest.raises(UsageError, match="more than 10 bytes"):
        read_in_use(content, "x")
