"""
Take 512-byte blocks and file bodies from a stream that comes in pieces of any size.

Law: at most one piece and one joined header are held; bytes are never copied to be skipped.
"""

from collections.abc import Iterable, Iterator

from pratique.model.errors import FormatError

BLOCK = 512


class PieceStream:
    """
    The unpacked bytes of a layer.

    ``left`` and ``padding`` are what of the current file has not been taken yet.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.left = 0
        self.padding = 0
        self._pieces = iter(pieces)
        self._buffer = b""
        self._at = 0
        self._passed = 0

    @property
    def offset(self) -> int:
        """Return the position in the unpacked stream, in bytes."""
        return self._passed + self._at

    def begin_body(self, size: int) -> None:
        """Say that a file of ``size`` stored bytes starts here."""
        self.left = size
        self.padding = -size % BLOCK

    def end_body(self) -> None:
        """
        Skip what is left of the current file and its padding; the stream may lack the padding.

        Raises:
            FormatError: the stream ends inside the file.
        """
        if self.left:
            missing = self._skip(self.left)
            self.left = 0
            if missing:
                raise FormatError("the archive ends inside a file", offset=self.offset)
        self._skip(self.padding)
        self.padding = 0

    def block(self) -> bytes:
        """
        Return the next 512 bytes, or none at the end of the stream.

        Raises:
            FormatError: the stream ends inside the block.
        """
        at = self._at
        block = self._buffer[at : at + BLOCK]
        if len(block) == BLOCK:
            self._at = at + BLOCK
            return block
        while len(block) < BLOCK and self._more():
            self._at = min(BLOCK - len(block), len(self._buffer))
            block += self._buffer[: self._at]
        if len(block) not in (0, BLOCK):
            raise FormatError("the archive ends inside a header", offset=self.offset)
        return block

    def body_block(self) -> bytes:
        """
        Take 512 bytes of the current file.

        Raises:
            FormatError: the file has fewer left.
        """
        if self.left < BLOCK:
            raise FormatError("a sparse map is longer than its file", offset=self.offset)
        self.left -= BLOCK
        return self.block()

    def slices(self) -> Iterator[memoryview]:
        """
        Yield the bytes of the current file that have not been taken yet.

        Raises:
            FormatError: the stream ends inside the file.
        """
        while self.left:
            if self._at >= len(self._buffer) and not self._more():
                raise FormatError("the archive ends inside a file", offset=self.offset)
            taken = min(self.left, len(self._buffer) - self._at)
            view = memoryview(self._buffer)[self._at : self._at + taken]
            self._at += taken
            self.left -= taken
            yield view

    @property
    def at_hand(self) -> bool:
        """Whether what is left of the current file lies in the piece that was read last."""
        return self._at + self.left <= len(self._buffer)

    def whole(self) -> bytes:
        """Take all that is left of the current file, which is ``at_hand``, in one copy."""
        at = self._at
        self._at, self.left = at + self.left, 0
        return self._buffer[at : self._at]

    def head(self, size: int) -> bytes:
        """Return up to ``size`` bytes of the current file without taking them."""
        size = min(size, self.left)
        while len(self._buffer) - self._at < size:
            rest = self._buffer[self._at :]
            more = self._more()
            self._buffer = rest + self._buffer
            self._passed -= len(rest)
            if not more:
                break
        return self._buffer[self._at : self._at + size]

    def drain(self) -> bool:
        """Take all the rest; tell whether anything but zeros was in it."""
        meaningful = self._buffer[self._at :].strip(b"\0") != b""
        self._at = len(self._buffer)
        while self._more():
            meaningful = meaningful or self._buffer.strip(b"\0") != b""
            self._at = len(self._buffer)
        return meaningful

    def _more(self) -> bool:
        """Go on to the next piece that is not empty; False at the end."""
        self._passed += len(self._buffer)
        self._buffer, self._at = b"", 0
        for piece in self._pieces:
            if piece:
                self._buffer = piece
                return True
        return False

    def _skip(self, size: int) -> int:
        """Skip ``size`` bytes; return how many of them were not there."""
        at = self._at + size
        while at > len(self._buffer):
            at -= len(self._buffer)
            if not self._more():
                return at
        self._at = at
        return 0
