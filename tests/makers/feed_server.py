"""
Serve a folder of feeds on loopback, with ETags, and break in the ways that servers break.

Faults by path: ``status`` answers with that number; ``cut`` promises the whole body and closes the
connection halfway; ``corrupt`` changes bytes in the middle; ``gate`` waits until the event is set.
With ``packs`` the server packs bodies for the transfer when it is asked to.
"""

import gzip
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct


class Fault(Struct, kw_only=True):
    """What goes wrong with one path."""

    status: int = 0
    cut: bool = False
    corrupt: bool = False
    gate: threading.Event | None = None


class FeedServer:
    """A server; ``requests`` lists (path, status, bytes sent) in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: dict[str, Fault] = {}
        self.requests: list[tuple[str, int, int]] = []
        self.packs = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Return the root URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answered(self, status: int) -> list[str]:
        """Return the paths answered with a status."""
        return [path for path, given, _ in self.requests if given == status]

    def sent_bytes(self) -> int:
        """Return how many body bytes were sent."""
        return sum(size for _, _, size in self.requests)

    def forget(self) -> None:
        """Forget the requests so far."""
        self.requests.clear()

    def serve(self) -> None:
        """Serve until ``stop``."""
        self._server.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        """Stop and close."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(folder: Path) -> Iterator[FeedServer]:
    """Serve ``folder`` while the block runs."""
    server = FeedServer(folder)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        for fault in server.faults.values():
            if fault.gate:
                fault.gate.set()
        server.stop()
        thread.join(5)


def _handler(feeds: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(self.path).lstrip("/")
            fault = feeds.faults.get(path, Fault())
            if fault.gate:
                fault.gate.wait(30)
            place = feeds.folder / path
            if fault.status or not place.is_file():
                return self._answer(path, fault.status or 404, b"", "")
            content = place.read_bytes()
            etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                return self._answer(path, 304, b"", etag)
            packed = feeds.packs and "gzip" in self.headers.get("Accept-Encoding", "")
            content = gzip.compress(content, mtime=0) if packed else content
            if fault.corrupt:
                middle = len(content) // 2
                content = content[:middle] + bytes(8) + content[middle + 8 :]
            more = {"Content-Encoding": "gzip"} if packed else {}
            return self._answer(path, 200, content, etag, cut=fault.cut, **more)

        def _answer(
            self, path: str, status: int, body: bytes, etag: str, cut: bool = False, **more: str
        ) -> None:
            sent = body[: len(body) // 2] if cut else body
            feeds.requests.append((path, status, len(sent)))
            self.send_response(status)
            if etag:
                self.send_header("ETag", etag)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(sent)
            if cut:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
