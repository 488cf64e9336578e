"""
Ask HTTP servers politely and safely: the one way out of this program to the network.

Laws: credentials (``Authorization``, cookies) go to exactly the origin they are for and are
dropped on a redirect elsewhere; https never falls back to http; only idempotent requests are
repeated; every body has a bound; bodies come as stored (``Accept-Encoding: identity``), so that
digests and ranges mean what they say. Waits grow exponentially with jitter; ``Retry-After`` is
honoured up to ``Backoff.cap_s`` and beyond that the request fails, saying so.
Source: RFC 9110 (HTTP semantics), RFC 6585 (429).
"""

import io
import random
import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, BinaryIO, Protocol, Self, cast

from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.http_answer import WireAnswer, send
from pratique.kit.http_errors import (
    HttpChanged,
    HttpError,
    HttpInterrupted,
    HttpNotTls,
    HttpStatus,
    HttpTooLarge,
    HttpUnreachable,
)
from pratique.kit.http_redirect import headers_for, next_url, origin
from pratique.kit.http_stream import Patience, ResumingReader
from pratique.kit.http_transport import Transports

__all__ = [
    "Authoriser",
    "Backoff",
    "Downloaded",
    "Http",
    "HttpChanged",
    "HttpError",
    "HttpInterrupted",
    "HttpNotTls",
    "HttpStatus",
    "HttpTooLarge",
    "HttpUnreachable",
    "Response",
]

_IDEMPOTENT = frozenset({"GET", "HEAD"})
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 10
_ERROR_BODY_BYTES = 64 << 10
_STREAM_BUFFER_BYTES = 256 << 10


class Response(Struct, frozen=True, kw_only=True):
    """A whole answer; header names are lower case; ``url`` is where it came from in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str = ""


class Downloaded(Struct, frozen=True, kw_only=True):
    """What a download ended with; status 304 means that nothing was written."""

    status: int
    headers: Mapping[str, str]
    size_bytes: int


class Backoff(Struct, frozen=True, kw_only=True):
    """
    How patient to be: ``retries`` more tries, waiting ``first_s`` doubled each time.

    ``cap_s`` bounds one wait, also one asked for by ``Retry-After``.
    """

    retries: int = 4
    first_s: float = 0.25
    cap_s: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def pause(self, attempt: int) -> None:
        """Wait before repeating for the ``attempt``-th time, counted from 0."""
        self.sleep(min(self.cap_s, self.first_s * 2.0**attempt) * (0.5 + self.jitter() / 2))


class Authoriser(Protocol):
    """Know the credentials for the origin of one request."""

    def headers(self) -> Mapping[str, str]:
        """Return the headers to send now, maybe none."""

    def challenged(self, challenge: str) -> bool:
        """Take in the ``WWW-Authenticate`` of a 401; return True when a new try may succeed."""


class Ask(Struct, frozen=True, kw_only=True):
    """One request before it is sent."""

    method: str
    url: str
    headers: Mapping[str, str] = {}
    content: bytes | None = None
    auth: Authoriser | None = None


class Http:
    """
    A client with its connections; use as a context manager.

    Args:
        environ: where proxy and certificate variables are read from.
        timeout_s: seconds without any byte before a connection counts as broken.
        ca_file: PEM file of authorities to trust besides the system's.
        unix_socket: talk to the server behind this socket, whatever host a URL names.
        backoff: how often and how patiently to repeat.
    """

    def __init__(
        self,
        *,
        environ: Mapping[str, str],
        timeout_s: float = 30.0,
        ca_file: Path | None = None,
        unix_socket: Path | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        self._backoff = backoff or Backoff()
        self._transports = Transports(
            environ=environ, timeout_s=timeout_s, ca_file=ca_file, unix_socket=unix_socket
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transports.close()

    def request(
        self,
        method: str,
        url: str,
        *,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        auth: Authoriser | None = None,
    ) -> Response:
        """
        Return a whole answer, at most ``max_bytes`` long.

        Raises:
            HttpStatus: 400 or more.
            HttpError: no answer, a broken one, or one too large.
        """
        ask = Ask(method=method, url=url, headers=headers or {}, content=content, auth=auth)
        attempt = 0
        while True:
            answer = self._exchange(ask)
            try:
                body = _whole(answer.chunks(), max_bytes, url)
            except HttpUnreachable as error:
                if attempt >= self._backoff.retries or method not in _IDEMPOTENT:
                    raise HttpInterrupted(f"the answer broke off: {error}", url=error.url) from None
            else:
                return Response(
                    status=answer.status, headers=answer.headers, body=body, url=answer.url
                )
            finally:
                answer.close()
            self._backoff.pause(attempt)
            attempt += 1

    def download(
        self,
        url: str,
        into: IO[bytes],
        *,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        auth: Authoriser | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Downloaded:
        """
        Write a body into a seekable file, from its present position on, resuming after breaks.

        ``progress`` is told (bytes so far, bytes in all or 0). If the content changes midway, it
        starts again from the beginning.

        Raises:
            HttpStatus: 400 or more.
            HttpError: no answer, a broken one, or one too large.
        """
        start = into.tell()
        ask = Ask(method="GET", url=url, headers=headers or {}, auth=auth)
        for attempt in range(self._backoff.retries + 1):
            into.seek(start)
            into.truncate()
            try:
                return self._download_once(ask, into, max_bytes, progress)
            except HttpChanged:
                if attempt == self._backoff.retries:
                    raise
                self._backoff.pause(attempt)
        raise AssertionError("unreachable")

    def open_stream(
        self,
        url: str,
        *,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        auth: Authoriser | None = None,
    ) -> BinaryIO:
        """
        Return a reader of content whose digest the caller checks; it resumes by itself.

        Raises:
            HttpStatus: 400 or more.
            HttpError: no answer; while reading: broken, or more than ``max_bytes``.
        """
        ask = Ask(method="GET", url=url, headers=headers or {}, auth=auth)
        raw = self._reader(ask, max_bytes, immutable=True)
        return cast(BinaryIO, io.BufferedReader(raw, _STREAM_BUFFER_BYTES))

    def _download_once(
        self,
        ask: Ask,
        into: IO[bytes],
        max_bytes: int,
        progress: Callable[[int, int], None] | None,
    ) -> Downloaded:
        written = 0
        with self._reader(ask, max_bytes, immutable=False) as reader:
            length = reader.headers.get("content-length", "")
            total = int(length) if length.isascii() and length.isdigit() else 0
            for piece in reader.pieces():
                into.write(piece)
                written += len(piece)
                if progress:
                    progress(written, total)
            return Downloaded(status=reader.status, headers=reader.headers, size_bytes=written)

    def _reader(self, ask: Ask, max_bytes: int, *, immutable: bool) -> ResumingReader:
        def connect(more: Mapping[str, str]) -> WireAnswer:
            return self._exchange(replace(ask, headers={**ask.headers, **more}))

        patience = Patience(retries=self._backoff.retries, pause=self._backoff.pause)
        return ResumingReader(connect, max_bytes=max_bytes, patience=patience, immutable=immutable)

    def _exchange(self, ask: Ask) -> WireAnswer:
        """Send until an answer below 400 comes, or until patience ends."""
        attempt = 0
        while True:
            try:
                return self._follow(ask)
            except HttpUnreachable as error:
                if not error.transient or not self._may_repeat(ask, attempt):
                    raise
                self._backoff.pause(attempt)
            except HttpStatus as error:
                if error.status not in _BUSY or not self._may_repeat(ask, attempt):
                    raise
                self._wait_as_asked(error, attempt)
            attempt += 1

    def _may_repeat(self, ask: Ask, attempt: int) -> bool:
        return ask.method in _IDEMPOTENT and attempt < self._backoff.retries

    def _wait_as_asked(self, error: HttpStatus, attempt: int) -> None:
        asked_s = retry_after_s(error.headers)
        if asked_s is None:
            self._backoff.pause(attempt)
        elif asked_s <= self._backoff.cap_s:
            self._backoff.sleep(asked_s)
        else:
            raise HttpStatus(
                error.status,
                url=error.url,
                headers=error.headers,
                body=error.body,
                hint=f"the server asks to wait {asked_s:.0f} s; log in, use a mirror, or wait",
            ) from None

    def _follow(self, ask: Ask) -> WireAnswer:
        """Send once, follow redirects, answer one 401 challenge."""
        url, challenged = ask.url, False
        for _ in range(_MAX_REDIRECTS + 1):
            home = origin(url) == origin(ask.url)
            secrets = ask.auth.headers() if home and ask.auth else {}
            headers = headers_for(ask.headers, secrets, home=home)
            answer = send(self._transports, replace(ask, url=url, headers=headers))
            if answer.status in _REDIRECTS and ask.method in _IDEMPOTENT:
                answer.close()
                url = next_url(url, answer.headers.get("location", ""))
            elif answer.status == 401 and home and ask.auth and not challenged:
                answer.close()
                challenged = True
                if not ask.auth.challenged(answer.headers.get("www-authenticate", "")):
                    raise HttpStatus(401, url=answer.url, headers=answer.headers)
                url = ask.url
            elif answer.status >= 400 or answer.status in _REDIRECTS:
                raise _refused(answer)
            else:
                return answer
        raise HttpUnreachable("too many redirects", url=answer.url, transient=False)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """
    Return how many seconds ``Retry-After`` asks to wait, None where it says nothing usable.

    A date is counted from the server's own ``Date``, so no clock of ours enters.

    >>> retry_after_s({"retry-after": "7"})
    7.0
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError, OverflowError):
        return None
    return max(0.0, wait.total_seconds())


def _refused(answer: WireAnswer) -> HttpStatus:
    try:
        body = _beginning(answer.chunks())
    except HttpError:
        body = b""
    finally:
        answer.close()
    return HttpStatus(answer.status, url=answer.url, headers=answer.headers, body=body)


def _beginning(chunks: Iterator[bytes]) -> bytes:
    body = b""
    for chunk in chunks:
        body += chunk
        if len(body) >= _ERROR_BODY_BYTES:
            break
    return body[:_ERROR_BODY_BYTES]


def _whole(chunks: Iterator[bytes], max_bytes: int, url: str) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise HttpTooLarge(f"more than {max_bytes} bytes from {url.partition('?')[0]}", url=url)
        parts.append(chunk)
    return b"".join(parts)
