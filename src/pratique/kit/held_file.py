"""
Hold one file that layer units look into: in memory, or behind a descriptor.

Law: ``read`` and ``open`` give the same bytes whichever way the file is held, and nothing outside
it. Source of the interface: ``model.units.LayerFile``.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from pratique.kit.limits import DEFAULT
from pratique.kit.window import WindowReader, as_binary
from pratique.model.errors import LimitExceeded


class HeldFile:
    """
    A regular file of a layer.

    ``held`` are its bytes, or the descriptor of a file whose first ``size_bytes`` they are.

    >>> file = HeldFile("etc/motd", 0o644, b"welcome")
    >>> file.read(3, 100), file.open().read(2), file.size_bytes
    (b'come', b'we', 7)
    """

    def __init__(
        self, path: str, mode: int, held: bytes | bytearray | int, size_bytes: int = -1
    ) -> None:
        self.path = path
        self.mode = mode
        # What never changes is read whole, and opened, without a copy.
        self._held = held if isinstance(held, int) else bytes(held)
        self.size_bytes = size_bytes if isinstance(held, int) else len(held)

    def read(self, offset: int, size: int) -> bytes:
        """Return up to ``size`` bytes from ``offset``, fewer at the end."""
        if offset < 0 or size <= 0:
            return b""
        if not isinstance(self._held, int):
            return self._held[offset : offset + size]
        window = WindowReader(self._held, 0, self.size_bytes)
        window.seek(offset)
        return window.read(size)

    def pieces(self, size: int) -> Iterator[bytes | memoryview]:
        """Yield all of it in pieces of up to ``size`` bytes, uncopied where it is in memory."""
        if isinstance(self._held, int) or len(self._held) < self.size_bytes:
            yield from (self.read(at, size) for at in range(0, self.size_bytes, size))
            return
        view = memoryview(self._held)
        yield from (view[at : at + size] for at in range(0, self.size_bytes, size))

    def content(self) -> bytes:
        """
        Return all of it.

        Raises:
            LimitExceeded: more than ``Limits.kept_file_bytes``.
        """
        most = DEFAULT.kept_file_bytes
        if self.size_bytes > most:
            raise LimitExceeded(f"the file has {self.size_bytes} bytes, more than {most}")
        return self.read(0, self.size_bytes)

    def open(self) -> BinaryIO:
        """Return a seekable reader of its own position."""
        if isinstance(self._held, int):
            return as_binary(WindowReader(self._held, 0, self.size_bytes))
        return io.BytesIO(self._held)
