"""
Inflate a layer as it streams by: gzip (isal), zstd (zstandard), or plain.

What it is, its first bytes say; the media type is only compared (``disagreement``).
Law: never more than ``PIECE`` bytes of output are held, whatever the input claims; the only errors
are ``FormatError`` (damaged, cut short, something behind the end) and ``LimitExceeded``
(``tar_bytes``, ``inflate_ratio``, ``zstd_window_bytes``).
Sources: RFC 1952 (several gzip members in a row are one stream, as Go's reader has it: container
engines read estargz and pigz layers so), RFC 8878 (zstd frames, skippable frames), OCI image-spec
layer.md. Engines refuse anything behind the last gzip member; so do we.
"""

import importlib
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import IO, Protocol, cast

from pratique.formats.zstd_frames import SKIPPABLE, FrameTracker
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

Read = Callable[[int], bytes]
"""Return up to n stored bytes, fewer at the end, none after it."""

PIECE = 1 << 20
"""Bytes of output at a time."""

_INPUT = 1 << 18
_FIRST_FEED = 1 << 12


class Codec(StrEnum):
    """How a layer is stored."""

    PLAIN = "plain"
    GZIP = "gzip"
    ZSTD = "zstd"


_MAGICS = (
    (b"\x1f\x8b", Codec.GZIP),
    (b"\x28\xb5\x2f\xfd", Codec.ZSTD),
)
_REFUSED = ((b"\xfd7zXZ\x00", "xz"), (b"BZh", "bzip2"))


def sniff(head: bytes) -> Codec:
    """
    Tell how a layer is stored from its first bytes (6 suffice).

    Raises:
        FormatError: xz or bzip2, which not every engine unpacks.

    >>> sniff(b"\\x1f\\x8b\\x08\\x00")
    <Codec.GZIP: 'gzip'>
    """
    for magic, codec in _MAGICS:
        if head.startswith(magic):
            return codec
    if len(head) >= 4 and int.from_bytes(head[:4], "little") in SKIPPABLE:
        return Codec.ZSTD
    for magic, name in _REFUSED:
        if head.startswith(magic):
            raise FormatError(f"the layer is compressed with {name}, which layers cannot be")
    return Codec.PLAIN


def disagreement(media_type: str, codec: Codec) -> str:
    """
    Return what is odd about a layer of this media type stored so; empty where nothing is.

    Only OCI types are exact; Docker's ``…tar.gzip`` is used for plain tar files as well.

    >>> disagreement("application/vnd.oci.image.layer.v1.tar+zstd", Codec.GZIP)
    'the media type says zstd, the bytes are gzip'
    """
    if not media_type.startswith("application/vnd.oci.image.layer."):
        return ""
    claimed = {"+gzip": "gzip", "+zstd": "zstd"}.get(media_type[-5:], "plain")
    return "" if claimed == codec else f"the media type says {claimed}, the bytes are {codec}"


def inflate(read: Read, limits: Limits) -> Iterator[bytes]:
    """
    Yield the unpacked bytes in pieces of at most ``PIECE``.

    Raises:
        FormatError: damaged, cut short, trailing bytes, or a compression layers cannot have.
        LimitExceeded: unpacked size, ratio or zstd window over the limits.
    """
    metered = _Metered(read, limits)
    head = metered.read(_FIRST_FEED)
    while len(head) < 6 and (more := metered.read(_FIRST_FEED)):
        head += more
    reader = {Codec.PLAIN: _plain, Codec.GZIP: _gzip, Codec.ZSTD: _zstd}[sniff(head)]
    for piece in reader(metered, head):
        metered.count_out(len(piece))
        yield piece


class Peekable(Protocol):
    """Whatever shows its next bytes without taking them."""

    def peek(self, size: int, /) -> bytes:
        """Return some of the next bytes."""


def preload(source: Peekable) -> None:
    """Import what unpacking ``source`` will take, before its process may open no more files."""
    with suppress(FormatError):
        match sniff(source.peek(6)[:6]):
            case Codec.GZIP:
                importlib.import_module("isal.igzip_lib")
            case Codec.ZSTD:
                importlib.import_module("zstandard")
            case Codec.PLAIN:
                pass


class _Metered:
    """Count stored bytes in and unpacked bytes out, and stop a bomb."""

    def __init__(self, read: Read, limits: Limits) -> None:
        self.limits = limits
        self.stored = 0
        self.unpacked = 0
        self._read = read

    def read(self, size: int) -> bytes:
        chunk = self._read(size)
        self.stored += len(chunk)
        return chunk

    def count_out(self, size: int) -> None:
        self.unpacked = unpacked = self.unpacked + size
        limits = self.limits
        if unpacked > limits.tar_bytes:
            raise LimitExceeded(f"the layer unpacks to more than {limits.tar_bytes} bytes")
        if unpacked > limits.inflate_floor_bytes and unpacked > self.stored * limits.inflate_ratio:
            raise LimitExceeded(
                f"the layer unpacks to more than {limits.inflate_ratio} times its stored size"
            )


def _plain(source: _Metered, head: bytes) -> Iterator[bytes]:
    chunk = head
    while chunk:
        yield chunk
        chunk = source.read(PIECE)


def _gzip(source: _Metered, chunk: bytes) -> Iterator[bytes]:
    while chunk:
        chunk = yield from _gzip_member(source, chunk)
        chunk = chunk or source.read(_INPUT)
        while 0 < len(chunk) < 2 and (more := source.read(_INPUT)):
            chunk += more
        if chunk and not chunk.startswith(b"\x1f\x8b"):
            raise FormatError("there are bytes behind the end of the gzip stream")


def _gzip_member(source: _Metered, chunk: bytes) -> Generator[bytes, None, bytes]:
    """
    Yield one member's bytes and return what of ``chunk`` stands behind it.

    The feed starts small and doubles, because the decompressor copies what is left behind the end
    of a member: a stream of empty members would otherwise cost the square of its size.
    """
    from isal import igzip_lib  # 2 ms that a plain layer need not pay

    inflater = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    feed, start = _FIRST_FEED, 0
    try:
        while True:
            if start >= len(chunk):
                chunk, start = source.read(_INPUT), 0
                if not chunk:
                    raise FormatError("the gzip stream is cut short")
            piece = inflater.decompress(chunk[start : start + feed], PIECE)
            start, feed = start + feed, min(feed * 2, _INPUT)
            if piece:
                yield piece
            while not inflater.eof and not inflater.needs_input:
                piece = inflater.decompress(b"", PIECE)
                if piece:
                    yield piece
            if inflater.eof:
                return bytes(inflater.unused_data) + chunk[start:]
    except igzip_lib.IsalError as error:  # type: ignore[misc]  # its stub calls it a value
        raise FormatError(f"the gzip stream is damaged: {error}") from None


def _zstd(source: _Metered, head: bytes) -> Iterator[bytes]:
    import zstandard  # 14 ms that only zstd layers need pay

    tracker = FrameTracker()
    feed = cast(IO[bytes], _Tracked(source, head, tracker))
    window = source.limits.zstd_window_bytes
    decompressor = zstandard.ZstdDecompressor(max_window_size=window)
    reader = decompressor.stream_reader(feed, read_size=_INPUT, read_across_frames=True)
    try:
        while piece := reader.read(PIECE):
            yield piece
    except zstandard.ZstdError as error:
        if tracker.window_bytes > window:
            raise LimitExceeded(f"a zstd frame asks for {tracker.window_bytes} bytes") from None
        if "not enough memory" in str(error):
            raise MemoryError from None  # ours to bear, no fault of the stream
        raise FormatError(f"the zstd stream is damaged: {error}") from None
    if not tracker.complete:
        raise FormatError("the zstd stream is cut short")


class _Tracked:
    """Feed the zstd reader, whose own end of file does not tell "cut short" from "done"."""

    def __init__(self, source: _Metered, head: bytes, tracker: FrameTracker) -> None:
        self._source = source
        self._head = head
        self._tracker = tracker

    def read(self, size: int = -1) -> bytes:
        chunk, self._head = self._head, b""
        chunk = chunk or self._source.read(size if size > 0 else _INPUT)
        self._tracker.feed(chunk)
        return chunk
