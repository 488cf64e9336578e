"""Layers inflate to exactly what was put in, within bounds, or fail in one of two ways."""

import gzip
import io
from typing import cast

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.compression import PIECE, Codec, disagreement, inflate, preload, sniff
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

TEXT = b"".join(b"line %d of the quick brown fox\n" % (line * line) for line in range(5000))


def unpack(stored: bytes, limits: Limits = DEFAULT) -> bytes:
    return b"".join(inflate(io.BytesIO(stored).read, limits))


@pytest.mark.parametrize("content", [b"", b"x", TEXT], ids=["empty", "one", "text"])
def test_each_codec_gives_back_what_went_in(content: bytes) -> None:
    """Plain, gzip and zstd, told apart by their first bytes alone."""
    assert unpack(gzip.compress(content)) == content
    assert unpack(zstandard.compress(content)) == content
    assert unpack(content) == content


def test_gzip_members_in_a_row_are_one_stream() -> None:
    """As in RFC 1952, and as estargz and pigz write layers; empty members included."""
    parts = [b"a", b"", TEXT, b"z"]
    assert unpack(b"".join(map(gzip.compress, parts))) == b"".join(parts)


def test_zstd_frames_in_a_row_and_skippable_frames_are_one_stream() -> None:
    """zstd:chunked layers end in skippable frames."""
    skippable = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"hello"
    stored = zstandard.compress(b"a") + skippable + zstandard.compress(TEXT) + skippable
    assert unpack(stored) == b"a" + TEXT
    assert unpack(skippable + zstandard.compress(b"b")) == b"b"


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("missing", [1, 5, 9, 40])
def test_a_stream_that_is_cut_short_is_refused(pack: object, missing: int) -> None:
    """Never taken for the whole, wherever the cut is; what came before it has been given out."""
    stored = pack(TEXT)[:-missing]  # type: ignore[operator]
    with pytest.raises(FormatError):
        unpack(stored)


@pytest.mark.parametrize("tail", [b"\0" * 16, b"garbage", b"\x1f"])
def test_bytes_behind_the_last_gzip_member_are_refused(tail: bytes) -> None:
    """Go's reader, which engines use, refuses them too."""
    with pytest.raises(FormatError, match=r"behind the end|cut short|damaged"):
        unpack(gzip.compress(TEXT) + tail)


def test_damage_is_found_by_checksums() -> None:
    """One flipped bit in the gzip trailer or the zstd checksum."""
    stored = bytearray(gzip.compress(TEXT))
    stored[-6] ^= 1
    with pytest.raises(FormatError, match="damaged"):
        unpack(bytes(stored))
    frame = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(TEXT))
    frame[-1] ^= 1
    with pytest.raises(FormatError, match="damaged"):
        unpack(bytes(frame))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_stopped_by_its_ratio(pack: object) -> None:
    """And by the absolute bound; no piece is ever larger than ``PIECE``."""
    stored = pack(bytes(32 << 20))  # type: ignore[operator]
    tight = msgspec.structs.replace(DEFAULT, inflate_floor_bytes=1 << 20)
    with pytest.raises(LimitExceeded, match="400 times"):
        unpack(stored, tight)
    small = msgspec.structs.replace(DEFAULT, tar_bytes=1 << 20)
    with pytest.raises(LimitExceeded, match="more than 1048576"):
        unpack(stored, small)
    assert max(map(len, inflate(io.BytesIO(stored).read, DEFAULT))) <= PIECE


def test_a_zstd_window_over_the_limit_is_refused() -> None:
    """The frame may not make us hold as much as it likes."""
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    stored = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    frame = stored.compress(TEXT) + stored.flush()
    assert unpack(frame) == TEXT
    with pytest.raises(LimitExceeded, match="asks for"):
        unpack(frame, msgspec.structs.replace(DEFAULT, zstd_window_bytes=1 << 20))


@pytest.mark.parametrize(("head", "name"), [(b"\xfd7zXZ\x00", "xz"), (b"BZh91", "bzip2")])
def test_other_compressions_are_named(head: bytes, name: str) -> None:
    """Not every engine unpacks them: refused, by name."""
    with pytest.raises(FormatError, match=name):
        sniff(head + bytes(10))


def test_the_media_type_is_only_compared() -> None:
    """OCI types are exact; Docker's is used for plain tars as well, so it never disagrees."""
    oci = "application/vnd.oci.image.layer.v1.tar"
    assert disagreement(oci, Codec.PLAIN) == ""
    assert disagreement(oci + "+gzip", Codec.GZIP) == ""
    assert "zstd" in disagreement(oci, Codec.ZSTD)
    assert disagreement("application/vnd.docker.image.rootfs.diff.tar.gzip", Codec.PLAIN) == ""


@pytest.mark.parametrize("stored", [b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh", b"plain"])
def test_preload_takes_nothing(stored: bytes) -> None:
    """It looks at the first bytes, imports, and leaves the reader where it was."""
    source = io.BufferedReader(cast(io.RawIOBase, io.BytesIO(stored)))
    preload(source)
    assert source.read() == stored


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"]))
def test_any_bytes_inflate_or_fail_cleanly(tail: bytes, magic: bytes) -> None:
    """Only ``FormatError`` (with ``LimitExceeded``) ever comes out."""
    try:
        unpack(magic + tail)
    except FormatError:
        pass


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000), st.integers(0, 4000), st.integers(1, 255), st.booleans())
def test_a_flipped_byte_never_passes_for_other_content(
    content: bytes, at: int, flip: int, use_gzip: bool
) -> None:
    """Either it is refused, or (header fields nobody needs) the content is the same."""
    pack = gzip.compress if use_gzip else zstandard.ZstdCompressor(write_checksum=True).compress
    stored = bytearray(pack(content))
    stored[at % len(stored)] ^= flip
    try:
        unpacked = unpack(bytes(stored))
    except FormatError:
        return
    assert unpacked in (content, bytes(stored))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=5000), st.integers(1, 700))
def test_the_size_of_reads_does_not_matter(content: bytes, size: int) -> None:
    """A slow network gives the same bytes as a file."""
    content = b"plain " + content
    for stored in (gzip.compress(content), zstandard.compress(content), content):
        source = io.BytesIO(stored)
        pieces = inflate(lambda wanted, source=source: source.read(min(wanted, size)), DEFAULT)
        assert b"".join(pieces) == content
