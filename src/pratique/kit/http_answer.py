"""
Send one request over httpx and name its failures; nothing is repeated or followed here.

Law: only this module knows the exceptions of httpx.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from pratique.kit.http_errors import HttpNotTls, HttpUnreachable
from pratique.kit.http_transport import Transports

if TYPE_CHECKING:
    import httpx


class Ask(Protocol):
    """What is sent."""

    @property
    def method(self) -> str:
        """The HTTP method."""

    @property
    def url(self) -> str:
        """The absolute URL."""

    @property
    def headers(self) -> Mapping[str, str]:
        """All headers to send."""

    @property
    def content(self) -> bytes | None:
        """The body to send."""


class WireAnswer:
    """One answer whose body is still on the wire."""

    def __init__(self, response: "httpx.Response", url: str) -> None:
        self._response = response
        self.status = response.status_code
        self.headers: Mapping[str, str] = {
            name.lower(): value for name, value in response.headers.items()
        }
        self.url = url

    def chunks(self) -> Iterator[bytes]:
        """
        Yield the body as sent; a ``Content-Encoding`` is not undone.

        Many servers mark a stored ``.gz`` file so, and digests and ranges count the stored bytes.

        Raises:
            HttpUnreachable: it broke off.
        """
        import httpx  # loaded already; named here for its exceptions

        try:
            # no chunk size: httpx would hold back, and on a break lose, what fills no chunk
            yield from self._response.iter_raw()
        except (httpx.TransportError, httpx.StreamError) as error:
            raise _named(error, self.url) from None

    def close(self) -> None:
        """Give the connection back."""
        self._response.close()


def send(transports: Transports, ask: Ask) -> WireAnswer:
    """
    Send one request and return the beginning of its answer.

    Raises:
        HttpUnreachable: no answer came.
    """
    shown = without_secrets(ask.url)
    client = transports.for_url(ask.url)
    import httpx  # loaded already by the line above

    try:
        request = client.build_request(
            ask.method, ask.url, headers=dict(ask.headers), content=ask.content
        )
        # auth=None: user:password@ in a redirect's URL is not ours to send
        return WireAnswer(client.send(request, stream=True, auth=None), shown)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, ValueError):
        raise HttpUnreachable(f"not a usable URL: {shown}", url=shown, transient=False) from None
    except httpx.TransportError as error:
        raise _named(error, shown) from None


def without_secrets(url: str) -> str:
    """
    Return a URL fit to be shown: no user, password or query (signed URLs carry keys there).

    >>> without_secrets("https://me:pw@cdn.example/blob?sig=abc")
    'https://cdn.example/blob'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _named(error: Exception, url: str) -> HttpUnreachable:
    """Turn an httpx failure into ours: what happened, and whether trying again can help."""
    host = urlsplit(url).netloc
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HttpUnreachable(
                f"the certificate of {host} is not trusted: {_reason(cause)}",
                url=url,
                transient=False,
                hint="name your authority with --ca-file or SSL_CERT_FILE",
            )
        if isinstance(cause, ssl.SSLError) and cause.reason in _NOT_TLS:
            return HttpNotTls(f"{host} does not speak TLS", url=url, transient=False)
        if isinstance(cause, socket.gaierror) and cause.errno != socket.EAI_AGAIN:
            return HttpUnreachable(f"no such host: {host}", url=url, transient=False)
        if isinstance(cause, FileNotFoundError | PermissionError):
            return HttpUnreachable(f"cannot connect: {cause}", url=url, transient=False)
    said = str(error) or type(error).__name__
    return HttpUnreachable(f"cannot reach {host}: {said}", url=url)


def _reason(error: ssl.SSLCertVerificationError) -> str:
    return getattr(error, "verify_message", "") or str(error)


_NOT_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what led to it, at most eight deep."""
    seen: BaseException | None = error
    for _ in range(8):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or seen.__context__
