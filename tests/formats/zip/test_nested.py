"""Read a member as a file of its own, wherever one seeks to."""

import io
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.zip import nested
from pratique.formats.zip.nested import Stretch, Unpacking
from pratique.model.errors import FormatError

CONTENT = bytes(range(256)) * 40


def _unpacking(content: bytes, piece: int, length: int | None = None) -> Unpacking:
    def begin() -> Iterator[bytes]:
        return (content[at : at + piece] for at in range(0, len(content), piece))

    return Unpacking(begin, len(content) if length is None else length)


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("seek"), st.integers(0, len(CONTENT) + 10)),
        st.tuples(st.just("end"), st.integers(-300, 0)),
        st.tuples(st.just("read"), st.integers(0, 3000)),
    ),
    max_size=30,
)


@given(MOVES, st.integers(1, 5000))
def test_both_read_like_a_plain_file(moves: list[tuple[str, int]], piece: int) -> None:
    """Any sequence of moves gives the bytes that BytesIO gives."""
    model = io.BytesIO(CONTENT)
    files: list[Any] = [
        Stretch.of(io.BytesIO(b"xx" + CONTENT + b"yy"), 2, len(CONTENT)),
        _unpacking(CONTENT, piece),
    ]
    for move, number in moves:
        if move == "read":
            assert [file.read(number) for file in files] == [model.read(number)] * 2
        else:
            whence = os.SEEK_SET if move == "seek" else os.SEEK_END
            assert [file.seek(number, whence) for file in files] == [model.seek(number, whence)] * 2
            assert [file.tell() for file in files] == [model.tell()] * 2


def test_a_stretch_of_a_stretch_is_cut_at_the_outer_one() -> None:
    """A member cannot reach beyond the archive it is in."""
    outer = Stretch.of(io.BytesIO(b"0123456789"), 2, 5)

    assert Stretch.of(outer, 3, 100).read() == b"56"
    assert Stretch.of(outer, 30, 100).read() == b""


def test_the_end_is_remembered() -> None:
    """A directory is read again and again: that does not unpack anything again."""
    begun = []

    def begin() -> Iterator[bytes]:
        begun.append(1)
        return iter([CONTENT])

    file = Unpacking(begin, len(CONTENT))
    for _ in range(5):
        file.seek(-100, os.SEEK_END)
        assert file.read() == CONTENT[-100:]

    assert len(begun) == 1


def test_only_the_end_is_remembered() -> None:
    """Memory stays small however long the content is."""
    piece = bytes(1 << 20)
    file = Unpacking(lambda: (piece for _ in range(32)), 32 << 20)
    file.seek(-1, os.SEEK_END)

    file.read()

    assert len(file._tail) <= 2 * nested._TAIL_BYTES


def test_less_than_said_is_an_error() -> None:
    """Never a short read."""
    with pytest.raises(FormatError, match="shorter"):
        _unpacking(b"abc", 2, length=10).read()


def test_no_place_before_the_start() -> None:
    """As with any file."""
    with pytest.raises(ValueError, match="negative"):
        Stretch.of(io.BytesIO(b"abc"), 0, 3).seek(-1)
