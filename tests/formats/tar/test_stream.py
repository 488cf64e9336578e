"""The stream hands out blocks and bodies whatever the pieces are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.tar.stream import BLOCK, PieceStream
from pratique.model.errors import FormatError


def cut(content: bytes, sizes: list[int]) -> list[bytes]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(content[at : at + size])
        at += size
    return [*pieces, content[at:]]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1500), st.sampled_from(["skip", "head", "slices", "whole", "part"])
        ),
        max_size=6,
    ),
    st.lists(st.integers(0, 900), max_size=12),
)
def test_bodies_and_blocks_in_order(bodies: list[tuple[int, str]], sizes: list[int]) -> None:
    """Skipped, peeked at, taken whole or in part: the next block is the right one."""
    content = b""
    for index, (size, _) in enumerate(bodies):
        content += bytes([index]) * BLOCK + bytes([100 + index]) * size + bytes(-size % BLOCK)
    stream = PieceStream(cut(content, sizes))
    for index, (size, way) in enumerate(bodies):
        assert stream.block() == bytes([index]) * BLOCK
        stream.begin_body(size)
        if way == "head":
            assert stream.head(4) == bytes([100 + index]) * min(size, 4)
        if way == "slices":
            assert b"".join(stream.slices()) == bytes([100 + index]) * size
        if way == "whole" and stream.at_hand:
            assert stream.whole() == bytes([100 + index]) * size
        if way == "part" and size:
            assert bytes(next(stream.slices()))[:1] == bytes([100 + index])
        stream.end_body()
    assert stream.block() == b""
    assert stream.offset == len(content)
    assert not stream.drain()


def test_head_at_the_end_of_the_stream() -> None:
    """Fewer bytes than asked for, and nothing is lost."""
    stream = PieceStream([b"a", b"b"])
    stream.begin_body(5)
    assert stream.head(5) == b"ab"
    with pytest.raises(FormatError):
        b"".join(stream.slices())


def test_drain_tells_zeros_from_data() -> None:
    """Zeros are padding; anything else is meant for somebody."""
    assert not PieceStream([bytes(9), bytes(2000)]).drain()
    assert PieceStream([bytes(9), b"\0x"]).drain()
    assert PieceStream([]).drain() is False


def test_a_map_cannot_read_past_its_file() -> None:
    """Body blocks end with the body."""
    stream = PieceStream([bytes(2000)])
    stream.begin_body(600)
    stream.body_block()
    with pytest.raises(FormatError):
        stream.body_block()
