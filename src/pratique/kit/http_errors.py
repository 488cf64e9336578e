"""
Say what can go wrong on the way to an HTTP server, apart from what it answers.

Whoever asks translates: a source into a ``TargetError``, a feed into a ``FeedError``.

::

    HttpError
    ├── HttpUnreachable   no answer: name, route, TLS, time-out, refused redirect
    │   └── HttpNotTls    the server does not speak TLS
    ├── HttpStatus        an answer of 400 or more, after the retries
    ├── HttpInterrupted   the body broke off and could not be resumed
    │   └── HttpChanged   the content is no longer the one that was begun
    └── HttpTooLarge      the body is larger than the caller allows
"""

from collections.abc import Mapping

from pratique.model.errors import PratiqueError


class HttpError(PratiqueError):
    """Be the root of this family; ``url`` never holds credentials or a query."""

    fix = "check the network, proxy variables and the host name"

    def __init__(self, message: str, *, url: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.url = url


class HttpUnreachable(HttpError):
    """
    Report that no answer came.

    ``transient`` False means that trying again cannot help (unknown name, bad certificate).
    """

    def __init__(
        self, message: str, *, url: str = "", hint: str = "", transient: bool = True
    ) -> None:
        super().__init__(message, url=url, hint=hint)
        self.transient = transient


class HttpNotTls(HttpUnreachable):
    """Report a server that does not speak TLS where https was asked for."""

    fix = "if it is a plain HTTP registry, pass --plain-http"


class HttpStatus(HttpError):
    """
    Report an answer of 400 or more.

    ``headers`` has lower-case names; ``body`` is the first 64 KiB of what the server said.
    """

    fix = "the server refused; see the status"

    def __init__(
        self,
        status: int,
        *,
        url: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        hint: str = "",
    ) -> None:
        super().__init__(f"HTTP {status} from {url}", url=url, hint=hint)
        self.status = status
        self.headers = headers
        self.body = body


class HttpInterrupted(HttpError):
    """Report a body that broke off and stayed broken after the retries."""

    fix = "the connection is unstable or the server cuts it; try again"


class HttpChanged(HttpInterrupted):
    """Report that the content changed on the server while it was being fetched."""

    fix = "try again"


class HttpTooLarge(HttpError):
    """Report a body larger than the caller allows."""

    fix = "the server sends more than a well-made file of this kind can hold"
