"""
Write and read ``LayerFacts`` as a stream of frames, so that nobody holds a layer's facts twice.

A frame is one kind byte, a 4-byte big-endian length, the payload. Kinds: ``K`` a kept file
(32 bytes of sha256, then the bytes), ``E`` a run of entries (msgpack), ``P`` progress in stored
bytes, ``U`` what units found in one file (msgpack), ``H`` a run of hashes by sha256 (msgpack), ``F``
the facts without entries, kept files, hashes and finds (msgpack); ``F`` is the last. A layer worker
sends this stream through a pipe, the cache stores it in a file.
Law: what ``RecordReader`` takes in equals what ``RecordWriter`` was given; any other bytes raise
``FormatError``, more than ``result_bytes`` ``LimitExceeded``.
"""

import hashlib
from collections.abc import Callable

import msgspec

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.layer import Entry, FileFacts, Hashes, LayerFacts

_RUN = 4096
_HEAD = 5
_HASH = 32
_LONGEST = 1 << 30

_encoder = msgspec.msgpack.Encoder()
_entries = msgspec.msgpack.Decoder(list[Entry])
_found = msgspec.msgpack.Decoder(FileFacts)
_hashes = msgspec.msgpack.Decoder(dict[str, Hashes])
_facts = msgspec.msgpack.Decoder(LayerFacts)


class RecordWriter:
    """Turn what phase 1 learns of a layer into frames, handed to ``send`` in order."""

    def __init__(self, send: Callable[[bytes | bytearray], object]) -> None:
        self._send = send
        self._run: list[Entry] = []
        self._hashes: dict[str, Hashes] = {}

    def entry(self, entry: Entry) -> None:
        """Take the next entry."""
        self._run.append(entry)
        if len(self._run) >= _RUN:
            self._flush()

    def kept(self, sha256: str, content: bytes | bytearray) -> None:
        """Take a kept file; its bytes are sent on as they are, not copied."""
        self._send(b"K" + (_HASH + len(content)).to_bytes(4, "big") + bytes.fromhex(sha256))
        self._send(content)

    def found(self, facts: FileFacts) -> None:
        """Take what units found in one file."""
        self._send(_frame(b"U", _encoder.encode(facts)))

    def hashed(self, sha256: str, hashes: Hashes) -> None:
        """Take the other hashes of a file."""
        self._hashes[sha256] = hashes
        if len(self._hashes) >= _RUN:
            self._flush_hashes()

    def progress(self, stored_bytes: int) -> None:
        """Say how many stored bytes have been read."""
        self._send(_frame(b"P", stored_bytes.to_bytes(8, "big")))

    def finish(self, facts: LayerFacts) -> None:
        """Take the rest; ``facts`` has neither entries nor kept files, hashes nor finds."""
        self._flush()
        self._flush_hashes()
        self._send(_frame(b"F", _encoder.encode(facts)))

    def _flush(self) -> None:
        if self._run:
            self._send(_frame(b"E", _encoder.encode(self._run)))
            self._run = []

    def _flush_hashes(self) -> None:
        if self._hashes:
            self._send(_frame(b"H", _encoder.encode(self._hashes)))
            self._hashes = {}


class EntryBudget:
    """What all layers of one image may still bring; shared by their readers."""

    def __init__(self, limits: Limits) -> None:
        self._entries = limits.image_entries
        self._bytes = limits.image_entry_bytes
        self._packages = limits.image_packages

    def refund(self, entries: int, size_bytes: int, packages: int = 0) -> None:
        """Give back what is read again."""
        self._entries += entries
        self._bytes += size_bytes
        self._packages += packages

    def find(self, packages: int) -> None:
        """
        Count packages that came.

        Raises:
            LimitExceeded: they are too many for one image.
        """
        self._packages -= packages
        if self._packages < 0:
            raise LimitExceeded("the image has more packages than image_packages")

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

    ``facts`` is None until the last frame has come. ``verified`` says that the record is known to be
    as it was written; of any other, each kept file is hashed, as a worker that was taken over could
    name bytes of its own like a file of another layer.
    """

    def __init__(
        self,
        kept: KeptFiles,
        limits: Limits,
        budget: EntryBudget | None = None,
        progress: Callable[[int], None] | None = None,
        *,
        verified: bool = False,
    ) -> None:
        self.facts: LayerFacts | None = None
        self.kept_hashes: list[str] = []
        self._kept = kept
        self._room = limits.result_bytes
        self._budget = budget or EntryBudget(limits)
        self._progress = progress
        self._verified = verified
        self._pending = bytearray()
        self._entries: list[Entry] = []
        self._found: list[FileFacts] = []
        self._hashes: dict[str, Hashes] = {}
        self._spent = 0

    def give_up(self) -> None:
        """Give back the room of the entries so far: the layer will be read again."""
        packages = sum(len(facts.packages) for facts in self._found)
        self._budget.refund(len(self._entries), self._spent, packages)
        self._entries, self._found, self._hashes = [], [], {}

    def feed(self, piece: bytes | bytearray) -> None:
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
            with memoryview(pending) as view, view[start + _HEAD : end] as payload:
                self._take(view[start], payload)
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
        return msgspec.structs.replace(
            self.facts,
            entries=tuple(self._entries),
            found=tuple(self._found),
            hashes=self._hashes,
        )

    def _take(self, kind: int, payload: memoryview) -> None:
        if self.facts is not None:
            raise FormatError("a layer's record goes on behind its end")
        try:
            if kind == 0x45:
                if _array_length(payload) > _RUN:
                    raise FormatError("a run of a layer's entries is too long")
                run = _entries.decode(payload)
                self._budget.spend(len(run), len(payload))
                self._entries += run
                self._spent += len(payload)
            elif kind == 0x4B:
                self._keep(payload)
            elif kind == 0x55:
                found = _found.decode(payload)
                self._budget.find(len(found.packages))
                self._found.append(found)
            elif kind == 0x48:
                self._hashes |= _hashes.decode(payload)
            elif kind == 0x46:
                self.facts = _facts.decode(payload)
            elif kind == 0x50 and self._progress:
                self._progress(int.from_bytes(payload, "big"))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise FormatError(f"a layer's record is damaged: {error}") from None

    def _keep(self, payload: memoryview) -> None:
        sha256 = payload[:_HASH].hex()
        with payload[_HASH:] as content:
            if not self._verified and hashlib.sha256(content).hexdigest() != sha256:
                raise FormatError("a kept file of a layer's record is not what it is named")
            self.kept_hashes.append(sha256)
            self._kept.add(sha256, content)


def _array_length(payload: memoryview) -> int:
    """Return how many items a msgpack array says it has, 0 for what is none."""
    head = payload[0] if payload else 0
    if head & 0xF0 == 0x90:
        return head & 0x0F
    width = {0xDC: 2, 0xDD: 4}.get(head, 0)
    return int.from_bytes(payload[1 : 1 + width], "big")


def _frame(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload
