"""
Call methods of a gRPC server behind a unix socket: one message there, one message back.

Law: a call ends within the time it is given, with one whole message of a bounded size, or with a
``GrpcError``; nothing is repeated, nothing is compressed. httpx speaks HTTP/2 where h2 is installed
(the extra ``cri``). Source: https://github.com/grpc/grpc, ``doc/PROTOCOL-HTTP2.md``.
"""

import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pratique.kit.http_errors import HttpError, HttpUnreachable
from pratique.kit.http_transport import knock

if TYPE_CHECKING:
    import httpx

MOST_MESSAGE = 32 << 20
_HEAD = 5
_ASKED = {"content-type": "application/grpc", "te": "trailers"}


class GrpcError(HttpError):
    """Report a call that brought no message."""

    fix = "check that the server runs, and that its socket may be used"


def is_possible() -> bool:
    """Return whether what speaks HTTP/2 is installed."""
    return find_spec("h2") is not None


class Grpc:
    """
    A connection to the server behind a socket, made with the first call.

    Args:
        socket: its unix socket.
        timeout_s: how long one call may take.
    """

    def __init__(self, socket: Path, timeout_s: float = 5.0) -> None:
        self.socket = socket
        self._timeout_s = timeout_s
        self._client: httpx.Client | None = None

    def call(self, method: str, message: bytes, most: int = MOST_MESSAGE) -> bytes:
        """
        Return the answer to a message.

        Raises:
            GrpcError: no answer, a refusal, or no message of at most ``most`` bytes.
        """
        import httpx

        try:
            content = self._exchange(method, message, most)
        except HttpUnreachable as error:
            raise GrpcError(f"{self.socket} does not answer: {error}"[:300]) from None
        except (httpx.HTTPError, OSError) as error:
            self.close()
            words = str(error) or type(error).__name__
            raise GrpcError(f"{self.socket} does not answer: {words}"[:300]) from None
        size = int.from_bytes(content[1:_HEAD], "big")
        if len(content) < _HEAD or content[0] or len(content) != _HEAD + size:
            raise GrpcError(f"{self.socket} answered {method} with no whole message")
        return content[_HEAD:]

    def close(self) -> None:
        """Close the connection; the next call makes another."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _exchange(self, method: str, message: bytes, most: int) -> bytes:
        import httpx

        if self._client is None:
            knock(self.socket)
            way = httpx.HTTPTransport(uds=str(self.socket), http1=False, http2=True)
            self._client = httpx.Client(transport=way, trust_env=False, timeout=self._timeout_s)
        until = time.monotonic() + self._timeout_s
        framed = b"\0" + len(message).to_bytes(4, "big") + message
        with self._client.stream(
            "POST", f"http://localhost{method}", content=framed, headers=_ASKED
        ) as answer:
            self._check(answer, method)
            parts, size = [], 0
            for part in answer.iter_raw():
                size += len(part)
                parts.append(part)
                if size > most + _HEAD or time.monotonic() > until:
                    raise GrpcError(f"{self.socket} answered {method} with too much or too slowly")
        return b"".join(parts)

    def _check(self, answer: "httpx.Response", method: str) -> None:
        """Raise what a server refuses with; an error after a message cannot be told here."""
        status = answer.headers.get("grpc-status", "0")
        if answer.status_code != 200 or status != "0":
            words = unquote(answer.headers.get("grpc-message", ""))[:200]
            reason = words or f"status {answer.status_code}, {status[:20]}"
            raise GrpcError(f"{self.socket} refuses {method}: {reason}")
