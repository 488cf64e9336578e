"""A window reads its stretch of a file and nothing else."""

import io
import os
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.window import WindowReader, as_binary


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 320), st.integers(0, 320), st.integers(1, 90))
def test_reads_the_slice(content: bytes, offset: int, length: int, size: int) -> None:
    """In pieces, whole, or through a buffer; a file that ends earlier ends the reading."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        wanted = content[offset : offset + length]
        window = WindowReader(file.fileno(), offset, length)
        assert b"".join(iter(lambda: window.read(size), b"")) == wanted
        window.seek(0)
        assert window.read() == wanted
        window.seek(0)
        assert io.BufferedReader(window).read() == wanted


def test_seeks_like_a_file() -> None:
    """From start, position and end; before the start is refused."""
    with tempfile.TemporaryFile() as file:
        file.write(b"0123456789")
        file.flush()
        window = WindowReader(file.fileno(), 2, 5)
        assert (window.seek(-1, io.SEEK_END), window.read()) == (4, b"6")
        window.seek(1)
        assert (window.seek(2, io.SEEK_CUR), window.tell(), window.read(1)) == (3, 3, b"5")
        assert (window.seek(99), window.read()) == (99, b"")
        with pytest.raises(ValueError, match="negative"):
            window.seek(-1)
        assert window.readable()
        assert window.seekable()


def test_closes_what_it_owns() -> None:
    """And only that; closing twice is fine."""
    with tempfile.TemporaryFile() as file:
        borrowed = WindowReader(file.fileno(), 0, 0)
        as_binary(borrowed).close()
        os.fstat(file.fileno())
        own = os.dup(file.fileno())
        owner = WindowReader(own, 0, 0, owns_fd=True)
        owner.close()
        owner.close()
        with pytest.raises(OSError, match="Bad file"):
            os.fstat(own)
