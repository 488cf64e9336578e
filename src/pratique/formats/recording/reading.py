"""
Read a recording: its header, then what it holds, in order.

Laws: a tail that was cut off costs its last frame and is told (``Recording.cut``); a kind of frame
that is not known is passed over and counted; everything else that is no recording raises
``FormatError``, over a bound ``LimitExceeded``. Memory: one frame, at most ``MAX_RUN_BYTES`` unpacked.
"""

from collections.abc import Iterator
from typing import BinaryIO, TypeAlias, TypeVar

import msgspec

from pratique.formats.recording.values import (
    HEAD,
    MAGIC,
    MAX_FRAME_BYTES,
    MAX_RUN_BYTES,
    End,
    Header,
    ProcessFact,
    WorkloadFact,
)
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.observation import Observation

Recorded: TypeAlias = Observation | WorkloadFact | ProcessFact

_T = TypeVar("_T")
_KINDS = b"OWPowpE"
_CUT = "the recording ends in the middle of a frame"
_UNFINISHED = "the recording was never finished"

_header = msgspec.msgpack.Decoder(Header)
_run = msgspec.msgpack.Decoder(list[Observation])
_workload = msgspec.msgpack.Decoder(WorkloadFact)
_process = msgspec.msgpack.Decoder(ProcessFact)
_end = msgspec.msgpack.Decoder(End)


class Recording:
    """
    A recording that is read once, from front to back.

    ``cut`` says after the last item how the recording was cut short, empty where it is whole;
    ``passed_over`` counts frames of a kind that this program does not know; ``end`` is what the
    writer counted, None where it did not come that far.

    Raises:
        FormatError: the file is no recording, or of a version that is not known.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offset = 0
        self.cut = ""
        self.passed_over = 0
        self.end: End | None = None
        if self._take(len(MAGIC)) != MAGIC:
            raise FormatError("no recording of pratique, or of another version", hint=_HINT)
        kind, payload = self._frame() or (b"", b"")
        if kind != b"H":
            raise FormatError("the recording has no header", hint=_HINT)
        self.header = _decoded(_header, payload, 0)
        if self.header.version != 1:
            raise FormatError(f"a recording of version {self.header.version}", hint=_HINT)

    def __iter__(self) -> Iterator[Recorded]:
        """Yield what was recorded, in order."""
        while self.end is None and (frame := self._frame()) is not None:
            kind, payload = frame
            if kind not in _KINDS:
                self.passed_over += 1
                continue
            if kind.islower():
                payload = _unpacked(payload, self._offset)
            yield from self._items(kind.upper(), payload)
        if self.end is None and not self.cut:
            self.cut = _UNFINISHED

    def _items(self, kind: bytes, payload: bytes) -> Iterator[Recorded]:
        if kind == b"O":
            yield from _decoded(_run, payload, self._offset)
        elif kind == b"W":
            yield _decoded(_workload, payload, self._offset)
        elif kind == b"P":
            yield _decoded(_process, payload, self._offset)
        else:
            self.end = _decoded(_end, payload, self._offset)

    def _frame(self) -> tuple[bytes, bytes] | None:
        """Return the kind and the payload of the next frame, None at the end."""
        head = self._take(HEAD)
        if len(head) < HEAD:
            self.cut = _CUT if head else self.cut
            return None
        length = int.from_bytes(head[1:], "big")
        if length > MAX_FRAME_BYTES:
            raise LimitExceeded(
                f"a frame of {length} bytes (at byte {self._offset - HEAD})", hint=_HINT
            )
        payload = self._take(length)
        if len(payload) < length:
            self.cut = _CUT
            return None
        return head[:1], payload

    def _take(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end: a pipe hands out pieces."""
        pieces, left = [], size
        while left and (piece := self._file.read(left)):
            pieces.append(piece)
            left -= len(piece)
        self._offset += size - left
        return b"".join(pieces)


_HINT = "recordings are made by `pratique watch --record FILE`"


def _decoded(decoder: "msgspec.msgpack.Decoder[_T]", payload: bytes, offset: int) -> _T:
    try:
        return decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"a damaged frame: {error}"[:200], offset=offset) from None


def _unpacked(payload: bytes, offset: int) -> bytes:
    import zstandard  # only for packed recordings

    try:
        size = zstandard.frame_content_size(payload)
        if not 0 <= size <= MAX_RUN_BYTES:
            raise LimitExceeded("a packed frame that is too large, or does not say its size")
        unpacked = zstandard.ZstdDecompressor().decompress(payload, max_output_size=MAX_RUN_BYTES)
    except zstandard.ZstdError as error:
        raise FormatError(f"a damaged frame: {error}"[:200], offset=offset) from None
    return unpacked
