"""
Serve metrics over HTTP to who scrapes them: ``/metrics``, and ``/healthz`` for a liveness probe.

A few connections at a time, one request each; anything but GET and HEAD is refused. Law: whoever holds
connections open keeps nobody else from an answer, as a liveness probe without one would end the watch: a
new connection takes the place of the oldest. Only loopback is listened on unless another address is
named: the numbers tell which rules there are.
"""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from pratique.model.errors import CapabilityError, UsageError
from pratique.outputs.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler, HTTPServer

MAX_CONNECTIONS = 8
TIMEOUT_S = 5.0
DEFAULT_PORT = 9464
"""What exporters of OpenTelemetry and Prometheus use by custom."""


class MetricsServer:
    """
    A server in a thread of its own until ``close``.

    Args:
        address: host and port, as ``parse_address`` gives them; port 0 is any free one.
        read: gives the page anew for each request.

    Raises:
        CapabilityError: the address cannot be listened on.
    """

    def __init__(self, address: tuple[str, int], read: Callable[[], bytes]) -> None:
        host, port = address
        try:
            self._server = _server(host)((host, port), _handler(read))
        except OSError as error:
            raise CapabilityError(
                f"cannot listen on {host}:{port}: {error.strerror or error}",
                hint="choose another --metrics ADDRESS:PORT",
            ) from None
        self.port = int(self._server.server_address[1])
        self._thread = Thread(
            target=self._server.serve_forever, args=(0.5,), name="metrics", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def parse_address(text: str) -> tuple[str, int]:
    """
    Return what ``ADDRESS:PORT``, ``:PORT`` or ``ADDRESS`` means; without an address, loopback.

    Raises:
        UsageError: it is no address.

    >>> parse_address(":9000"), parse_address("[::1]:1"), parse_address("10.0.0.1")
    (('127.0.0.1', 9000), ('::1', 1), ('10.0.0.1', 9464))
    """
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = text, str(DEFAULT_PORT)
    host = host.removeprefix("[").removesuffix("]") or "127.0.0.1"
    try:
        ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        port = ""
    if not (port.isascii() and port.isdigit() and int(port) < 1 << 16):
        raise UsageError(
            f"{text[:60]!r} is no address", hint="such as 127.0.0.1:9464 or [::1]:9464"
        )
    return ("127.0.0.1" if host == "localhost" else host), int(port)


def _server(host: str) -> "type[HTTPServer]":
    """Return a server that holds a bounded number of connections, each in a thread of its own."""
    from http.server import HTTPServer  # 20 ms: only where metrics are served

    class Server(HTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        request_queue_size = MAX_CONNECTIONS

        def __init__(
            self, address: tuple[str, int], handler: "type[BaseHTTPRequestHandler]"
        ) -> None:
            self._held: dict[socket.socket, None] = {}
            self._threads = 0
            self._lock = Lock()
            super().__init__(address, handler)

        def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
            """Answer in a thread; hang up on the oldest connection where there are too many."""
            with self._lock:
                is_flood = self._threads >= 2 * MAX_CONNECTIONS
                if not is_flood:
                    self._threads += 1
                    self._hold(request)
            if is_flood:
                self.shutdown_request(request)
                return
            Thread(target=self._answer, args=(request, client_address), daemon=True).start()

        def _hold(self, request: socket.socket) -> None:
            self._held[request] = None
            if len(self._held) > MAX_CONNECTIONS:
                oldest = next(iter(self._held))
                del self._held[oldest]
                with suppress(OSError):
                    oldest.shutdown(socket.SHUT_RDWR)  # its thread reads the end, and closes it

        def _answer(self, request: socket.socket, client_address: object) -> None:
            try:
                self.finish_request(request, client_address)
            except OSError:
                pass  # the scraper went away
            finally:
                with self._lock:
                    self._held.pop(request, None)
                    self._threads -= 1
                self.shutdown_request(request)

    return Server


def _handler(read: Callable[[], bytes]) -> "type[BaseHTTPRequestHandler]":
    from http.server import BaseHTTPRequestHandler

    class Handler(BaseHTTPRequestHandler):
        timeout = TIMEOUT_S
        server_version, sys_version = "pratique", ""

        def do_GET(self) -> None:
            """Answer with the page."""
            self._answer(body=True)

        def do_HEAD(self) -> None:
            """Answer without it."""
            self._answer(body=False)

        def _answer(self, *, body: bool) -> None:
            path = self.path.partition("?")[0]
            pages: dict[str, Callable[[], bytes]] = {"/metrics": read, "/healthz": lambda: b"ok\n"}
            found = pages.get(path)
            content = found() if found else b"there are /metrics and /healthz\n"
            self.send_response(200 if found else 404)
            self.send_header("content-type", CONTENT_TYPE)
            self.send_header("content-length", str(len(content)))
            self.send_header("connection", "close")
            self.end_headers()
            if body:
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: who scrapes is no news."""

    return Handler
