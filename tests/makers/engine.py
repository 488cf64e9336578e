"""Serve a Docker-like API on a unix socket out of an image maker; counts exports."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer
from urllib.parse import unquote

from tests.makers.image import ImageMaker, Json, sha256, tar_of


class FakeEngine:
    """A daemon with one image called ``app:1``; change ``export`` or ``answers`` for faults."""

    def __init__(self, socket: Path, maker: ImageMaker, image: Json) -> None:
        self.socket = socket
        self.asked: list[str] = []
        manifest = json.loads(maker.blobs[str(image["digest"])])
        config = maker.blobs[manifest["config"]["digest"]]
        self.config = json.loads(config)
        self.id = sha256(config)
        self.export = tar_of(maker.docker_files((image, ["app:1"])))
        self.answers: dict[str, tuple[int, bytes]] = {}

    def answer(self, path: str) -> tuple[int, bytes]:
        """Return status and body for a path."""
        self.asked.append(path)
        for text, answer in self.answers.items():
            if path.endswith(text):
                return answer
        name, _, what = path.removeprefix("/images/").rpartition("/")
        if name not in ("app:1", self.id):
            return 404, b'{"message": "no such image"}'
        if what == "get":
            return 200, self.export
        return 200, json.dumps(self._inspect() if what == "json" else self._history()).encode()

    @contextmanager
    def running(self) -> Iterator["FakeEngine"]:
        """Serve until the end of the block."""
        server = _Server(str(self.socket), _handler(self))
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _inspect(self) -> Mapping[str, object]:
        return {
            "Id": self.id,
            "RepoTags": ["app:1"],
            "Os": self.config["os"],
            "Architecture": self.config["architecture"],
            "Config": self.config["config"],
            "RootFS": {"Type": "layers", "Layers": self.config["rootfs"]["diff_ids"]},
        }

    def _history(self) -> list[Json]:
        steps = self.config["history"]
        return [{"CreatedBy": step["created_by"], "Size": 1} for step in steps[::-1]]


class _Server(ThreadingUnixStreamServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that go away are part of the tests."""


def _handler(engine: FakeEngine) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def address_string(self) -> str:
            return "unix"

        def do_GET(self) -> None:
            status, body = engine.answer(unquote(self.path))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
