"""A file that layer units look into."""

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.held_file import HeldFile
from pratique.kit.limits import DEFAULT
from pratique.model.errors import LimitExceeded


@given(st.binary(max_size=100), st.integers(-5, 120), st.integers(-5, 120))
def test_in_memory_and_behind_a_descriptor_the_bytes_are_the_same(
    content: bytes, offset: int, size: int
) -> None:
    """The file behind the descriptor goes on; what follows is another file's."""
    with tempfile.TemporaryFile() as file:
        file.write(content + b"another file's bytes")
        file.flush()
        there = HeldFile("a", 0o755, file.fileno(), len(content))
        here = HeldFile("a", 0o755, content)
        expected = content[offset : offset + size] if offset >= 0 and size > 0 else b""
        assert here.read(offset, size) == there.read(offset, size) == expected
        assert here.content() == there.content() == content
        assert b"".join(here.pieces(7)) == b"".join(there.pieces(7)) == content
        assert here.open().read() == there.open().read() == content
        assert here.size_bytes == there.size_bytes == len(content)


def test_what_is_in_memory_is_read_whole_without_a_copy() -> None:
    """A program is looked at by several scanners; bytes that may change are copied once."""
    content = b"x" * 1000
    changing = bytearray(content)
    file, changed = HeldFile("a", 0o755, content), HeldFile("a", 0o755, changing)
    changing[0] = 0

    assert file.content() is content
    assert changed.content() is changed.read(0, 5000)
    assert changed.content() == content


def test_a_file_too_large_to_be_held_is_not_read_whole() -> None:
    with tempfile.TemporaryFile() as file:
        large = HeldFile("a", 0o644, file.fileno(), DEFAULT.kept_file_bytes + 1)
        with pytest.raises(LimitExceeded):
            large.content()
