"""
Write and read ``LayerFacts`` as a stream of frames, so that nobody holds a layer's facts twice.

A frame is one kind byte, a 4-byte big-endian length, the payload. Kinds: ``K`` a kept file
(32 bytes of sha256, then the bytes), ``E`` a run of entries (msgpack), ``P`` progress in stored
bytes, ``F`` the facts without entries and kept files (msgpack); ``F`` is the last. A layer worker
sends this stream through a pipe, the cache stores it in a file.
Law: what ``RecordReader`` takes in equals what ``RecordWriter`` was given; any other bytes raise
``FormatError``, more than ``result_bytes`` ``LimitExceeded``.
"""

from collections.abc import Callable

import msgspec

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Entry, LayerFacts

_RUN = 4096
_HEAD = 5
_LONGEST = 1 << 30

_encoder = msgspec.msgpack.Encoder()
_entries = msgspec.msgpack.Decoder(list[Entry])
_facts = msgspec.msgpack.Decoder(LayerFacts)


class RecordWriter:
    """Turn what phase 1 learns of a layer into frames, handed to ``send`` one by one."""

    def __init__(self, send: Callable[[bytes], object]) -> None:
        self._send = send
        self._run: list[Entry] = []

    def entry(self, entry: Entry) -> None:
        """Take the next entry."""
        self._run.append(entry)
        if len(self._run) >= _RUN:
            self._flush()

    def kept(self, sha256: str, content: bytes) -> None:
        """Take a kept file."""
        self._send(_frame(b"K", bytes.fromhex(sha256) + content))

    def progress(self, stored_bytes: int) -> None:
        """Say how many stored bytes have been read."""
        self._send(_frame(b"P", stored_bytes.to_bytes(8, "big")))

    def finish(self, facts: LayerFacts) -> None:
        """Take the rest; ``facts`` has neither entries nor kept files."""
        self._flush()
        self._send(_frame(b"F", _encoder.encode(facts)))

    def _flush(self) -> None:
        if self._run:
            self._send(_frame(b"E", _encoder.encode(self._run)))
            self._run = []


class EntryBudget:
    """What the entries of all layers of one image may still take; shared by their readers."""

    def __init__(self, limits: Limits) -> None:
        self._entries = limits.image_entries
        self._bytes = limits.image_entry_bytes

    def spend(self, entries: int, size_bytes: int) -> None:
        """
        Count entries that came.

        Raises:
            LimitExceeded: they are too many for one image.
        """
        self._entries -= entries
        self._bytes -= size_bytes
        if self._entries < 0 or self._bytes < 0:
            raise LimitExceeded(
                "the image has more entries than image_entries or image_entry_bytes"
            )


class RecordReader:
    """
    Take a record in pieces of any size; kept files go to ``kept``.

    ``facts`` is None until the last frame has come.
    """

    def __init__(
        self,
        kept: KeptFiles,
        limits: Limits,
        budget: EntryBudget | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.facts: LayerFacts | None = None
        self.kept_hashes: list[str] = []
        self._kept = kept
        self._room = limits.result_bytes
        self._budget = budget or EntryBudget(limits)
        self._progress = progress
        self._pending = bytearray()
        self._entries: list[Entry] = []

    def feed(self, piece: bytes) -> None:
        """
        Take the next bytes.

        Raises:
            FormatError: they are no such record.
            LimitExceeded: the record is over ``result_bytes``.
        """
        self._room -= len(piece)
        if self._room < 0:
            raise LimitExceeded("what was learnt of the layer is over the limit result_bytes")
        pending = self._pending
        pending += piece
        start = 0
        while len(pending) - start >= _HEAD:
            length = int.from_bytes(pending[start + 1 : start + _HEAD], "big")
            end = start + _HEAD + length
            if length > _LONGEST:
                raise FormatError("a frame of a layer's record is too long")
            if end > len(pending):
                break
            self._take(pending[start], bytes(memoryview(pending)[start + _HEAD : end]))
            start = end
        del pending[:start]

    def finished(self) -> LayerFacts:
        """
        Return the facts with all entries.

        Raises:
            FormatError: the record is cut short.
        """
        if self.facts is None or self._pending:
            raise FormatError("a layer's record is cut short")
        return msgspec.structs.replace(self.facts, entries=tuple(self._entries))

    def _take(self, kind: int, payload: bytes) -> None:
        if self.facts is not None:
            raise FormatError("a layer's record goes on behind its end")
        try:
            if kind == 0x45:
                run = _entries.decode(payload)
                self._budget.spend(len(run), len(payload))
                self._entries += run
            elif kind == 0x4B:
                sha256 = payload[:32].hex()
                self.kept_hashes.append(sha256)
                self._kept.add(sha256, payload[32:])
            elif kind == 0x46:
                self.facts = _facts.decode(payload)
            elif kind == 0x50 and self._progress:
                self._progress(int.from_bytes(payload, "big"))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FormatError(f"a layer's record is damaged: {error}") from None


def _frame(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload
