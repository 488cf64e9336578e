"""Packed feed files come out whole or not at all."""

import bz2
import gzip
import io
import lzma

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packed import read_all, unpacked
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutations import mutated, only_format_errors

CONTENT = b"some text that repeats; " * 500
PACKED = {
    "plain": CONTENT,
    "gzip": gzip.compress(CONTENT, mtime=0),
    "xz": lzma.compress(CONTENT),
    "bzip2": bz2.compress(CONTENT),
    "zstd": zstandard.compress(CONTENT),
}


@pytest.mark.parametrize("kind", PACKED)
def test_every_kind_is_unpacked(kind: str) -> None:
    """The packing is recognised by the content."""
    assert read_all(io.BytesIO(PACKED[kind]), 1 << 20) == CONTENT


@pytest.mark.parametrize("kind", ["gzip", "xz", "bzip2", "zstd"])
def test_several_streams_are_one_file(kind: str) -> None:
    """Concatenated members are read to the end."""
    assert read_all(io.BytesIO(PACKED[kind] * 2), 1 << 20) == CONTENT * 2


def test_xz_may_be_padded() -> None:
    """Zero bytes after a stream are padding."""
    assert read_all(io.BytesIO(PACKED["xz"] + bytes(8)), 1 << 20) == CONTENT


@pytest.mark.parametrize("kind", ["gzip", "xz", "bzip2"])
@pytest.mark.parametrize("keep", [0.4, 0.9])
def test_a_cut_file_is_an_error(kind: str, keep: float) -> None:
    """A short read never looks like the end."""
    cut = PACKED[kind][: int(len(PACKED[kind]) * keep)]

    with pytest.raises(FormatError):
        read_all(io.BytesIO(cut), 1 << 20)


@pytest.mark.parametrize("kind", PACKED)
def test_what_comes_out_is_bounded(kind: str) -> None:
    """No more than the bound comes out."""
    with pytest.raises(LimitExceeded):
        read_all(io.BytesIO(PACKED[kind]), len(CONTENT) - 1)


def test_reading_starts_at_the_start() -> None:
    """A file that was read before is read again from its beginning."""
    body = io.BytesIO(PACKED["gzip"])
    body.read(5)

    assert unpacked(body, 1 << 20).read(9) == b"some text"


@given(mutated(*PACKED.values()) | st.binary(max_size=40))
def test_anything_is_unpacked_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: read_all(io.BytesIO(c), 1 << 20), content)
