"""
Read a member of an archive as if it were a file of its own, without unpacking it to anywhere.

A stored member is a stretch of the file around it and costs nothing. A deflated one is unpacked
again and again as it is sought in: forward only, from the start after a step back, with its last
piece (where a zip archive has its directory) remembered. So an archive of any size in an archive
costs little memory, and two passes where members are read in order.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from pratique.kit.window import Positioned
from pratique.model.errors import FormatError

_TAIL_BYTES = 4 << 20
"""How much of the end of a deflated member is remembered; a directory of 40,000 members fits."""


class Stretch(Positioned):
    """
    The ``length`` bytes of ``file`` that start at ``offset``, with a position of its own.

    >>> from io import BytesIO
    >>> Stretch.of(BytesIO(b"header:content:trailer"), 7, 7).read()
    b'content'
    """

    def __init__(self, file: BinaryIO, offset: int, length: int) -> None:
        super().__init__(length)
        self._file, self._offset = file, offset

    @classmethod
    def of(cls, file: BinaryIO, offset: int, length: int) -> BinaryIO:
        """Return a stretch as a binary file; a stretch of a stretch is one of what is around."""
        around: object = file
        if isinstance(around, Stretch):
            length = max(min(length, around.length - offset), 0)
            file, offset = around._file, around._offset + offset
        return cast(BinaryIO, cls(file, offset, length))

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to ``size`` bytes, fewer at the end."""
        left = max(self.length - self._position, 0)
        wanted = left if size is None or size < 0 else min(size, left)
        self._file.seek(self._offset + self._position)
        content = self._file.read(wanted)
        self._position += len(content)
        return content


class Unpacking(Positioned):
    """
    A content that can only be made from its start, as a file that can be sought in.

    Args:
        begin: start over and return the pieces; it counts what comes out, so that a bound on all
            unpacking holds for what is unpacked twice as well.
        length: how many bytes come out.

    >>> file = Unpacking(lambda: iter([b"ab", b"cd", b"ef"]), 6)
    >>> file.seek(3), file.read(2), file.seek(0), file.read(1), file.seek(-1, 2), file.read()
    (3, b'de', 0, b'a', 5, b'f')
    """

    def __init__(self, begin: Callable[[], Iterator[bytes]], length: int) -> None:
        super().__init__(length)
        self._begin = begin
        self._pieces = begin()
        self._piece, self._start = b"", 0
        self._tail = bytearray()
        self._complete = False

    def read(self, size: int | None = -1, /) -> bytes:
        """
        Return up to ``size`` bytes, fewer at the end.

        Raises:
            FormatError: the content is damaged or not as long as said.
        """
        left = max(self.length - self._position, 0)
        wanted = left if size is None or size < 0 else min(size, left)
        found = self._from_tail(wanted) if wanted else b""
        if wanted and found is None:
            found = self._unpack(wanted)
        self._position += len(found or b"")
        return found or b""

    def _from_tail(self, wanted: int) -> bytes | None:
        start = self._position - (self.length - len(self._tail))
        if not self._complete or start < 0:
            return None
        return bytes(self._tail[start : start + wanted])

    def _unpack(self, wanted: int) -> bytes:
        if self._position < self._start:
            self._pieces, self._piece, self._start = self._begin(), b"", 0
        found = bytearray()
        while len(found) < wanted:
            at = self._position + len(found) - self._start
            if at < len(self._piece):
                found += self._piece[at : at + wanted - len(found)]
            elif not self._advance():
                raise FormatError("an unpacked member is shorter than said")
        if self._start + len(self._piece) == self.length:
            self._advance()  # what is wrong with the content shows at its end
        return bytes(found)

    def _advance(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            self._complete = True
            return False
        self._start += len(self._piece)
        self._piece = piece
        if not self._complete:
            self._tail += piece
            if len(self._tail) > 2 * _TAIL_BYTES:
                del self._tail[:-_TAIL_BYTES]
        return True
