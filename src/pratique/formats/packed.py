"""
Unpack a whole file while it is read, whatever it is packed with: a feed's, an archive of images.

Layers have a reader of their own (``formats.compression``), as strict as container engines are.

gzip, xz, bzip2 and zstd are recognised by their first bytes; anything else is taken as it is. At
most ``max_bytes`` come out, xz and zstd may ask for at most 128 MiB of memory. Law: content that
is cut short or damaged is a ``FormatError``, never a short read.

Source: RFC 1952 (gzip), RFC 8878 (zstd), the .xz file format 1.2, the bzip2 format.
"""

import io
from typing import IO, TYPE_CHECKING, Protocol, cast

from pratique.model.errors import FormatError, LimitExceeded

if TYPE_CHECKING:
    import lzma

_MEMORY_BYTES = 128 << 20
_BUFFER_BYTES = 1 << 18
_LONGEST_MAGIC = 6


class _Source(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def unpacked(body: IO[bytes], max_bytes: int) -> io.BufferedReader:
    """
    Return a reader of what ``body`` (a seekable file, read from its start) holds.

    Reading raises:
        FormatError: the packed content is damaged or cut short.
        LimitExceeded: more than ``max_bytes`` came out.

    >>> unpacked(io.BytesIO(b"plain"), 100).read()
    b'plain'
    """
    body.seek(0)
    magic = body.read(_LONGEST_MAGIC)
    body.seek(0)
    return io.BufferedReader(_Bounded(_source(body, magic), max_bytes), _BUFFER_BYTES)


def read_all(body: IO[bytes], max_bytes: int) -> bytes:
    """
    Return the whole unpacked content, at most ``max_bytes``.

    Raises:
        FormatError: as for ``unpacked``.
    """
    return unpacked(body, max_bytes).read()


def _source(body: IO[bytes], magic: bytes) -> _Source:
    """Return the decoder for ``magic``; each is imported only when a file needs it."""
    if magic.startswith(b"\x1f\x8b"):
        from isal import igzip

        source: _Source = igzip.IGzipFile(fileobj=body, mode="rb")  # type: ignore[no-untyped-call]
        return source
    if magic.startswith(b"\xfd7zXZ\x00"):
        return _Xz(body)
    if magic.startswith(b"BZh"):
        import bz2

        return bz2.BZ2File(body)
    if magic.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        decoder = zstandard.ZstdDecompressor(max_window_size=_MEMORY_BYTES)
        return decoder.stream_reader(body, read_across_frames=True)
    return body


class _Bounded(io.RawIOBase):
    """Count what comes out and give every decoder's errors one name."""

    def __init__(self, source: _Source, max_bytes: int) -> None:
        self._source = source
        self._left = max_bytes
        self._max = max_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        content = self._read(len(target))
        self._left -= len(content)
        if self._left < 0:
            raise LimitExceeded(f"the feed file unpacks to more than {self._max} bytes")
        target[: len(content)] = content
        return len(content)

    def _read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except FormatError:
            raise
        except OSError as error:
            if error.errno is not None:
                raise  # the disk, not the format
            raise FormatError(f"the feed file is damaged: {error}") from None
        except _decoder_errors() as error:
            raise FormatError(f"the feed file is damaged: {error}") from None


def _decoder_errors() -> tuple[type[Exception], ...]:
    """Return what decoders raise for bad content; asked for only when one has raised."""
    import lzma
    import zlib

    import zstandard
    from isal import isal_zlib

    isal = cast("type[Exception]", isal_zlib.error)
    return (EOFError, zlib.error, isal, lzma.LZMAError, zstandard.ZstdError, ValueError)


class _Xz:
    """Read xz with a bound on memory, which ``lzma.LZMAFile`` has not."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body
        self._decoder = _xz_decoder()

    def read(self, size: int = _BUFFER_BYTES, /) -> bytes:
        while True:
            if self._decoder.eof and not self._next_stream():
                return b""
            packed = self._body.read(_BUFFER_BYTES) if self._decoder.needs_input else b""
            if self._decoder.needs_input and not packed:
                raise FormatError("the xz file is cut short")
            content = self._decoder.decompress(packed, size)
            if content:
                return content

    def _next_stream(self) -> bool:
        rest = self._decoder.unused_data or self._body.read(_BUFFER_BYTES)
        if not rest.strip(b"\0"):
            return False
        self._decoder = _xz_decoder()
        self._body.seek(-len(rest), io.SEEK_CUR)
        return True


def _xz_decoder() -> "lzma.LZMADecompressor":
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY_BYTES)
