"""
Read a stretch of an open file as if it were a file of its own.

A blob inside an archive is such a stretch. The reader keeps its own position (``os.pread``), so
several can share one descriptor, and a worker process can be given ``fd``, ``offset`` and
``length`` instead of the bytes.
"""

import io
import os
from typing import BinaryIO, cast


class Positioned(io.RawIOBase):
    """A reader of ``length`` bytes with a position of its own; what it reads is up to its kind."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length
        self._position = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position within the content."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move within the content; past its end reads nothing."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.length}[whence]
        if start + offset < 0:
            raise ValueError("negative position")
        self._position = start + offset
        return self._position


class WindowReader(Positioned):
    """
    The ``length`` bytes of ``fd`` that start at ``offset``.

    A file that ends earlier simply ends the reading earlier; who needs the whole stretch compares
    sizes. ``owns_fd`` True closes ``fd`` together with the reader.

    >>> import tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     _ = file.write(b"header:content:trailer"), file.flush()
    ...     WindowReader(file.fileno(), 7, 7).read()
    b'content'
    """

    def __init__(self, fd: int, offset: int, length: int, *, owns_fd: bool = False) -> None:
        super().__init__(length)
        self.fd = fd
        self.offset = offset
        self._owns_fd = owns_fd

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to ``size`` bytes, fewer at the end; all that is left without a size."""
        if size is None or size < 0:
            return super().read(-1) or b""
        wanted = min(size, self.length - self._position)
        if wanted <= 0:
            return b""
        chunk = os.pread(self.fd, wanted, self.offset + self._position)
        self._position += len(chunk)
        return chunk

    def peek(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes without moving."""
        wanted = max(min(size, self.length - self._position), 0)
        return os.pread(self.fd, wanted, self.offset + self._position)

    def readinto(self, buffer: object, /) -> int:
        """Fill ``buffer`` and return how many bytes were there."""
        view = memoryview(cast(bytearray, buffer)).cast("B")
        wanted = max(min(len(view), self.length - self._position), 0)
        count = os.preadv(self.fd, [view[:wanted]], self.offset + self._position) if wanted else 0
        self._position += count
        return count

    def close(self) -> None:
        """Close the reader, and the descriptor where it owns it."""
        if not self.closed and self._owns_fd:
            os.close(self.fd)
        super().close()


def as_binary(window: WindowReader) -> BinaryIO:
    """Return the window under the type that readers of the standard library ask for."""
    return cast(BinaryIO, window)
