"""
Follow the frames of a zstd stream without decoding them, to know whether it ended where it may.

Only lengths are read: frame header, block headers, checksum. Damage inside a block is the
decoder's business.
Source: RFC 8878 §3.1.1 (frames), §3.1.1.2 (blocks), §3.1.2 (skippable frames).
"""

SKIPPABLE = range(0x184D2A50, 0x184D2A60)
"""The magic numbers of frames that hold no content."""

_MAGIC = 0xFD2FB528
_ID_BYTES = (0, 1, 2, 4)
_SIZE_BYTES = (0, 2, 4, 8)
_RLE, _RESERVED = 1, 3


class FrameTracker:
    """
    Take the stream in pieces; ``complete`` is True exactly between two frames.

    ``window_bytes`` is the largest window any frame asked for. ``lost`` says that the bytes are no
    zstd frames; the decoder will have said so too.

    >>> tracker = FrameTracker()
    >>> tracker.feed(bytes.fromhex("28b52ffd2000010000"))  # an empty frame
    >>> tracker.complete
    True
    """

    def __init__(self) -> None:
        self.window_bytes = 0
        self.lost = False
        self._pending = b""
        self._skip = 0
        self._in_frame = False
        self._checksum = False

    @property
    def complete(self) -> bool:
        """Whether the stream may end here."""
        return not (self._pending or self._skip or self._in_frame or self.lost)

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the stream."""
        position = min(self._skip, len(piece))
        self._skip -= position
        data = self._pending + piece[position:] if self._pending else piece
        position = 0 if self._pending else position
        while not self.lost and position < len(data):
            used = self._block(data, position) if self._in_frame else self._frame(data, position)
            if not used:
                break
            position += used
            if position > len(data):
                self._skip = position - len(data)
                position = len(data)
        self._pending = b"" if self.lost else data[position:]

    def _frame(self, data: bytes, at: int) -> int:
        """Return the length of the frame header at ``at``, 0 when more bytes are needed."""
        if len(data) - at < 8:
            # 8 bytes are the shortest skippable frame; a zstd frame has at least 9.
            return 0
        magic = int.from_bytes(data[at : at + 4], "little")
        if magic in SKIPPABLE:
            return 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        self.lost = magic != _MAGIC
        descriptor = data[at + 4]
        single, id_bytes = descriptor >> 5 & 1, _ID_BYTES[descriptor & 3]
        size_bytes = _SIZE_BYTES[descriptor >> 6] or single
        length = 5 + (1 - single) + id_bytes + size_bytes
        if self.lost or len(data) - at < length:
            return 0
        self._in_frame, self._checksum = True, bool(descriptor & 4)
        if single:
            size = int.from_bytes(data[at + length - size_bytes : at + length], "little")
            window = size + (256 if size_bytes == 2 else 0)
        else:
            base = 1 << (10 + (data[at + 5] >> 3))
            window = base + (base >> 3) * (data[at + 5] & 7)
        self.window_bytes = max(self.window_bytes, window)
        return length

    def _block(self, data: bytes, at: int) -> int:
        """Return the length of the block at ``at`` with what ends the frame, 0 for "more"."""
        if len(data) - at < 3:
            return 0
        header = int.from_bytes(data[at : at + 3], "little")
        kind, size = header >> 1 & 3, header >> 3
        self.lost = kind == _RESERVED
        length = 3 + (1 if kind == _RLE else size)
        if header & 1:
            self._in_frame = False
            length += 4 if self._checksum else 0
        return length
