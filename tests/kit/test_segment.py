"""A segment gives back its whole records, and stops at the first that is not."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit import segment
from pratique.model.errors import FormatError

some = st.lists(st.binary(max_size=300), max_size=20)


def read(content: bytes):
    """Return what stands behind the head of a file with this content."""
    descriptor = os.memfd_create("segment")
    try:
        os.write(descriptor, content)
        return [one for one, _ in segment.records(descriptor, segment.HEAD_BYTES, len(content))]
    finally:
        os.close(descriptor)


@given(some, st.integers(0, (1 << 64) - 1))
def test_what_went_in_comes_out(records, first) -> None:
    """Records of any bytes, also empty ones."""
    content = segment.head(first) + b"".join(map(segment.framed, records))

    assert segment.read_head(content) == first
    assert read(content) == records


@given(some, st.data())
def test_a_torn_tail_loses_only_what_was_torn(records, data) -> None:
    """Wherever the file was cut, the records before the cut are whole."""
    content = segment.head(0) + b"".join(map(segment.framed, records))
    cut = data.draw(st.integers(segment.HEAD_BYTES, len(content)))
    found = read(content[:cut])

    assert found == records[: len(found)]
    if cut == len(content):
        assert found == records


@given(some.filter(any), st.data())
def test_a_changed_byte_is_noticed(records, data) -> None:
    """A record whose bytes, length or checksum changed ends the file."""
    content = bytearray(segment.head(0) + b"".join(map(segment.framed, records)))
    at = data.draw(st.integers(segment.HEAD_BYTES, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    found = read(bytes(content))

    assert found == records[: len(found)]
    assert len(found) < len(records)


@given(st.binary(max_size=40))
def test_any_other_head_is_refused(content) -> None:
    """What is no head of ours is no number."""
    with pytest.raises(FormatError):
        segment.read_head(content)
