"""
Post requests to a server: webhooks and OTLP/HTTP.

One request carries as many records as the form allows. Answers: 2xx is taken; 408, 425, 429 and 5xx
are tried again, after ``Retry-After`` where it is given; 400, 413, 415 and 422 say that this body will
never be taken, so its records are offered one by one and the one that is refused is named; anything else
(401, 403, 404, a redirect) is tried again later, since a person has to mend it and nothing may be lost.
No redirect is followed: a POST and its headers go to the host they are for, or nowhere. The answer's
body is read up to a bound and never shown. A receiver of OTLP that took only a part is not asked
again, as its specification demands.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from pratique.kit.http_errors import HttpError, HttpStatus, HttpUnreachable
from pratique.outputs.channels.interface import TIMEOUT_S, NotDelivered

if TYPE_CHECKING:
    from pratique.kit.http import Http

MAX_ANSWER_BYTES = 64 << 10
MAX_BODY_BYTES = 4 << 20
_REFUSED = frozenset({400, 413, 415, 422})
_LONGEST_WAIT_S = 3600.0


class Body(Protocol):
    """The part of a form that makes a request of records."""

    TYPE: str
    TOGETHER: int

    def joined(self, records: Sequence[bytes]) -> bytes:
        """Return the body of a request."""


class HttpChannel:
    """Requests to one URL; connections are kept and the libraries loaded at the first one."""

    def __init__(
        self, url: str, form: Body, *, headers: Mapping[str, str], environ: Mapping[str, str]
    ) -> None:
        self._url, self._form, self._headers, self._environ = url, form, headers, environ
        self._http: Http | None = None

    def send(self, records: Sequence[bytes]) -> None:
        """Post the records in as few requests as the form allows."""
        taken = 0
        try:
            for part in _parts(records, self._form.TOGETHER):
                self._post(part)
                taken += len(part)
        except NotDelivered as error:
            raise NotDelivered(
                str(error),
                taken=taken + error.taken,
                refused=error.refused,
                wait_s=error.wait_s,
            ) from None

    def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _post(self, records: Sequence[bytes]) -> None:
        """Post one request; where it is refused as it is, each of its records alone."""
        try:
            self._request(self._form.joined(records))
        except NotDelivered as error:
            if not error.refused or len(records) == 1:
                raise
            for taken, record in enumerate(records):
                self._alone(record, taken)

    def _alone(self, record: bytes, taken: int) -> None:
        try:
            self._request(self._form.joined((record,)))
        except NotDelivered as error:
            raise NotDelivered(
                str(error), taken=taken, refused=error.refused, wait_s=error.wait_s
            ) from None

    def _request(self, body: bytes) -> None:
        headers = {"content-type": self._form.TYPE, **self._headers}
        try:
            self._client().request(
                "POST", self._url, max_bytes=MAX_ANSWER_BYTES, headers=headers, content=body
            )
        except HttpStatus as error:
            raise NotDelivered(
                f"HTTP {error.status} from {error.url}",
                refused=error.status in _REFUSED,
                wait_s=_asked(error.headers),
            ) from None
        except HttpUnreachable as error:
            raise NotDelivered(str(error)) from None
        except HttpError:
            return  # it took the request; only its answer was broken or too long

    def _client(self) -> "Http":
        if self._http is None:
            from pratique.kit.http import Backoff, Http  # httpx: only when something is sent

            self._http = Http(
                environ=self._environ, timeout_s=TIMEOUT_S, backoff=Backoff(retries=0)
            )
        return self._http


def _parts(records: Sequence[bytes], most: int) -> list[Sequence[bytes]]:
    """Return the records in runs, each at most so long and of so many bytes."""
    parts: list[list[bytes]] = []
    size = 0
    for record in records:
        if not parts or len(parts[-1]) >= most or size + len(record) > MAX_BODY_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(record)
        size += len(record)
    return list(parts)


def _asked(headers: Mapping[str, str]) -> float:
    """Return how long ``Retry-After`` asks to wait, bounded; 0 where it asks for nothing."""
    from pratique.kit.http import retry_after_s  # loaded already by the request

    return min(retry_after_s(headers) or 0.0, _LONGEST_WAIT_S)
