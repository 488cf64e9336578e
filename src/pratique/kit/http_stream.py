"""
Read a body that may break off, and go on where it broke off (RFC 9110, section 14: Range).

Law: the bytes that come out are a prefix of one content. After a break the rest is asked for with
``Range`` and ``If-Range``; an answer that starts elsewhere, or cannot be shown to be of the same
version, ends in ``HttpChanged``, never in a mixture. ``immutable`` content (a blob, whose digest
the reader checks) needs no such proof, and mirrors may tag it differently. Bounds: ``max_bytes``
in all; a break is forgiven ``retries`` times per MiB of progress.
"""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from pratique.kit.http_errors import (
    HttpChanged,
    HttpInterrupted,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
)

_PROGRESS_BYTES = 1 << 20
"""What must have come since the last break for the count of breaks to start again."""
_PARTIAL = 206
_NO_SUCH_RANGE = 416


class Answer(Protocol):
    """One answer whose body is still on the wire; ``chunks`` raises HttpUnreachable on a break."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as sent."""

    def close(self) -> None:
        """Give the connection back."""


Connect = Callable[[Mapping[str, str]], Answer]
"""Ask for the content with these extra headers; raises HttpError."""


class Patience(Struct, frozen=True, kw_only=True):
    """How often to go on after a break, and how to wait before the n-th time (from 0)."""

    retries: int
    pause: Callable[[int], None]


class ResumingReader(io.RawIOBase):
    """
    Read one content through as many connections as it takes.

    ``status`` and ``headers`` are those of the first answer. Raises HttpError while reading.
    """

    def __init__(
        self, connect: Connect, *, max_bytes: int, patience: Patience, immutable: bool = False
    ) -> None:
        super().__init__()
        self._connect = connect
        self._max_bytes = max_bytes
        self._patience = patience
        self._immutable = immutable
        try:
            self._answer = connect({})
        except BaseException:
            super().close()  # there is nothing to give back when the collector closes it
            raise
        self._chunks = self._answer.chunks()
        self._left = b""
        self._position = 0
        self._breaks = 0
        self._broke_at = 0
        self.status = self._answer.status
        self.headers = self._answer.headers
        self._validator = _validator(self.headers)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill ``buffer`` with what is there, at least one byte; 0 at the end."""
        chunk = self._left or self._next()
        taken = min(len(chunk), len(buffer))
        buffer[:taken] = chunk[:taken]
        self._left = chunk[taken:]
        return taken

    def pieces(self) -> Iterator[bytes]:
        """Yield the rest of the content as it comes."""
        while chunk := (self._left or self._next()):
            self._left = b""
            yield chunk

    def close(self) -> None:
        """Give the connection back; safe to call twice."""
        if not self.closed:
            self._answer.close()
        super().close()

    def _next(self) -> bytes:
        while True:
            try:
                chunk = next(self._chunks, b"")
            except HttpUnreachable as error:
                self._resume(error)
                continue
            self._position += len(chunk)
            if self._position > self._max_bytes:
                raise HttpTooLarge(f"more than {self._max_bytes} bytes came")
            return chunk

    def _resume(self, why: HttpUnreachable) -> None:
        self._answer.close()
        if self._position - self._broke_at >= _PROGRESS_BYTES:
            self._breaks = 0
        self._breaks += 1
        self._broke_at = self._position
        if self._breaks > self._patience.retries:
            raise HttpInterrupted(
                f"broke off after {self._position} bytes: {why}", url=why.url
            ) from None
        self._patience.pause(self._breaks - 1)
        try:
            self._answer = self._connect(self._range())
        except HttpStatus as status:
            if not self._is_end(status):
                raise
            self._chunks = iter(())
        else:
            self._chunks = self._continued()

    def _range(self) -> dict[str, str]:
        if not self._position:
            return {}
        wanted = {"range": f"bytes={self._position}-"}
        if not self._immutable and self._validator:
            wanted["if-range"] = self._validator
        return wanted

    def _is_end(self, status: HttpStatus) -> bool:
        """Tell a 416 that says "there is no more" from other refusals."""
        whole = f"bytes */{self._position}"
        return status.status == _NO_SUCH_RANGE and status.headers.get("content-range") == whole

    def _continued(self) -> Iterator[bytes]:
        answer = self._answer
        if answer.status == _PARTIAL:
            self._check_part(answer)
            return answer.chunks()
        if self._position and not self._immutable and not self._is_same(answer):
            raise HttpChanged("the content changed on the server while it was fetched")
        return _skip(answer.chunks(), self._position)

    def _check_part(self, answer: Answer) -> None:
        start = answer.headers.get("content-range", "").partition("-")[0]
        if start != f"bytes {self._position}":
            raise HttpChanged(f"asked to go on at byte {self._position}, got {start[:40]!r}")
        if self._immutable:
            return
        if not self._validator or (_validator(answer.headers) and not self._is_same(answer)):
            raise HttpChanged("the content may have changed on the server while it was fetched")

    def _is_same(self, answer: Answer) -> bool:
        return bool(self._validator) and _validator(answer.headers) == self._validator


def _validator(headers: Mapping[str, str]) -> str:
    """Return what names this version of the content; weak tags are no good for ranges."""
    tag = headers.get("etag", "")
    return headers.get("last-modified", "") if not tag or tag.startswith("W/") else tag


def _skip(chunks: Iterator[bytes], amount: int) -> Iterator[bytes]:
    """Leave out the first ``amount`` bytes: the server sent the whole content again."""
    for chunk in chunks:
        if amount < len(chunk):
            yield chunk[amount:]
        amount = max(0, amount - len(chunk))
