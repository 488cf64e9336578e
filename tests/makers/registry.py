"""
Serve an OCI registry on loopback out of a heap of blobs, with the faults that registries have.

A `FakeRegistry` keeps what it was asked for in ``requests`` (method, path, headers) and does what
its fields say: ``auth`` wants credentials, ``busy`` answers 429 some times, ``cut_after`` breaks
bodies off, ``blob_host`` redirects blobs elsewhere, ``head`` False refuses HEAD, ``lies`` replaces
contents.
"""

import base64
import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Headers = dict[str, str]


class FakeRegistry:
    """One registry; change its fields to make it misbehave."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.requests: list[tuple[str, str, Headers]] = []
        self.auth = ""
        self.login = ("me", "secret")
        self.realm = ""
        self.token_answer: dict[str, object] | None = None
        self.token_uses = 1 << 30
        self.busy = 0
        self.retry_after = "0"
        self.cut_after = 0
        self.cuts = 1 << 30
        self.ranges = True
        self.blob_host = ""
        self.head = True
        self.says_digest = True
        self.lies: dict[str, bytes] = {}
        self.errors: dict[str, int] = {}
        self._issued: dict[str, int] = {}
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.scheme = "http"

    @property
    def host(self) -> str:
        """Return ``127.0.0.1:port``."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"{self.scheme}://{self.host}"

    def use_tls(self, certificate: str, key: str) -> None:
        """Speak TLS with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.scheme = "https"

    def asked(self, text: str) -> list[Headers]:
        """Return the headers of all requests whose method and path hold ``text``."""
        return [headers for method, path, headers in self.requests if text in f"{method} {path}"]

    @contextmanager
    def running(self) -> Iterator["FakeRegistry"]:
        """Serve until the end of the block."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def issue(self, headers: Headers, form: str, query: str) -> tuple[int, dict[str, object]]:
        """Answer as a token server; returns status and document."""
        if self.token_answer is not None:
            return 200, self.token_answer
        fields = {k: v[0] for k, v in parse_qs(form or query).items()}
        if fields.get("grant_type") == "refresh_token":
            if fields.get("refresh_token") != "identity":
                return 401, {}
        elif self.login != ("", "") and headers.get("authorization") != self._basic():
            return 401, {}
        token = f"token-{len(self._issued)}"
        self._issued[token] = self.token_uses
        return 200, {"token": token, "expires_in": 300}

    def lets_in(self, headers: Headers) -> bool:
        """Tell whether a request may pass; a token wears out after ``token_uses``."""
        given = headers.get("authorization", "")
        if self.auth == "basic":
            return given == self._basic()
        if self.auth == "bearer":
            token = given.removeprefix("Bearer ")
            self._issued[token] = self._issued.get(token, 0) - 1
            return self._issued[token] >= 0
        return True

    def challenge(self) -> str:
        """Return the ``WWW-Authenticate`` of a refusal."""
        if self.auth == "basic":
            return 'Basic realm="registry"'
        realm = self.realm or f"{self.url}/token"
        return f'Bearer realm="{realm}",service="registry",scope="repository:x:push,pull"'

    def _basic(self) -> str:
        return "Basic " + base64.b64encode(":".join(self.login).encode()).decode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that go away are part of the tests."""


def _handler(registry: FakeRegistry) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"registry": registry})


class _Handler(BaseHTTPRequestHandler):
    registry: FakeRegistry
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.registry.requests.append((self.command, self.path, headers))
        parts = urlsplit(self.path)
        if parts.path == "/token":
            length = int(headers.get("content-length", "0"))
            form = self.rfile.read(length).decode() if length else ""
            status, document = self.registry.issue(headers, form, parts.query)
            self._send(status, json.dumps(document).encode(), {})
        elif self.registry.busy > 0:
            self.registry.busy -= 1
            self._send(429, b"", {"Retry-After": self.registry.retry_after})
        elif not self.registry.lets_in(headers):
            self._error(401, "UNAUTHORIZED", {"WWW-Authenticate": self.registry.challenge()})
        else:
            self._content(parts.path, headers)

    def _content(self, path: str, headers: Headers) -> None:
        match = re.fullmatch(r"/v2/(.+)/(manifests|blobs)/([^/]+)", path)
        for text, status in self.registry.errors.items():
            if text in f"{self.command} {path}":
                self._error(status, "FAULT", {})
                return
        if not match or (self.command == "HEAD" and not self.registry.head):
            self._send(405 if match else 404, b"", {})
            return
        kind, name = match[2], match[3]
        digest = self.registry.tags.get(name, name)
        if digest not in self.registry.blobs:
            self._error(404, "MANIFEST_UNKNOWN" if kind == "manifests" else "BLOB_UNKNOWN", {})
            return
        if kind == "blobs" and self.registry.blob_host:
            self._send(307, b"", {"Location": f"{self.registry.blob_host}{path}"})
            return
        content = self.registry.lies.get(digest, self.registry.blobs[digest])
        more = {"Content-Type": self.registry.types.get(digest, "application/octet-stream")}
        if self.registry.says_digest:
            more["Docker-Content-Digest"] = digest
        self._body(content, headers, more | {"ETag": f'"{digest}"'}, kind)

    def _body(self, content: bytes, headers: Headers, more: Headers, kind: str) -> None:
        status, start = 200, 0
        wanted = headers.get("range", "")
        if wanted and self.registry.ranges:
            status, start = 206, int(wanted.removeprefix("bytes=").rstrip("-"))
            more["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        part = content[start:]
        cut = self.registry.cut_after if kind == "blobs" and self.registry.cuts > 0 else 0
        self.registry.cuts -= bool(cut and len(part) > cut)
        self._send(status, part, more, cut)

    def _error(self, status: int, code: str, more: Headers) -> None:
        body = json.dumps({"errors": [{"code": code, "message": code.lower()}]}).encode()
        self._send(status, body, more)

    def _send(self, status: int, body: bytes, more: Headers, cut: int = 0) -> None:
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:cut] if cut and len(body) > cut else body)
        if cut and len(body) > cut:
            self.close_connection = True
