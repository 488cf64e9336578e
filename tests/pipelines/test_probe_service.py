"""The probe finds who speaks HTTP and where an OpenAPI document is served, and takes nothing for one that is none."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pratique.pipelines import probe_service
from pratique.pipelines.probe_service import is_document
from tests.e2e.engines import free_port

PAGES = {
    "/": b"hello",
    "/v3/api-docs": b'{"openapi": "3.0.1", "paths": {}}',
    "/html": b"<html>openapi paths</html>",
    "/other": b'{"swagger": "2.0"}',
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"none")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def port():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_port_that_speaks_and_its_document(port, capsys):
    """The first port that answers, also behind one that nobody listens at."""
    assert probe_service.main(["5", "", str(free_port()), str(port)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"port": port, "scheme": "http", "status": 200, "document": "/v3/api-docs"}


def test_a_document_that_was_named_is_the_only_one(port, capsys):
    """Whoever says where it is means no other."""
    assert probe_service.main(["5", "/none", str(port)]) == 0
    assert json.loads(capsys.readouterr().out)["document"] == ""


def test_what_is_no_document(port):
    """A page about it, or half of one, is none."""
    assert is_document("http", port, "/v3/api-docs")
    assert not is_document("http", port, "/html")
    assert not is_document("http", port, "/other")


def test_it_runs_alone_and_gives_up():
    """It is started by its file, isolated, and ends by itself."""
    command = [sys.executable, "-I", probe_service.__file__, "0.3", "", str(free_port())]
    assert subprocess.run(command, check=False, timeout=30).returncode == 1
