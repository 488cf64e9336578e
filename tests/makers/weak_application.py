"""
Make a deliberately weak web application, and a container image that holds it.

It is ours, one file over Python's ``http.server``, and every flaw in it is planted:
``CODE_FLAWS`` and ``SERVICE_FLAWS`` say which. Never run it outside a sandbox.
"""

import io
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

from tests.makers.image import (
    OCI_CONFIG,
    OCI_LAYER,
    OCI_MANIFEST,
    ImageMaker,
    Json,
    archive,
    as_json,
    sha256,
)

PORT = 8099
LEFT_OUT = frozenset({
    "test", "tests", "idlelib", "lib2to3", "tkinter", "ensurepip", "site-packages", "dist-packages",
    "turtledemo", "__pycache__", "pydoc_data", "distutils", "unittest",
})  # fmt: skip
UNLINKED = ("_tkinter", "_test", "_xx", "readline", "_curses", "_gdbm", "_dbm", "_ctypes_test")
"""What of the library is not needed, and what of it would bring libraries that are not."""

CODE_FLAWS = {"CWE-78", "CWE-79", "CWE-89", "CWE-22", "CWE-95", "CWE-259", "CWE-601", "CWE-502"}
"""What is planted in the source, as CWE numbers."""
SERVICE_FLAWS = {
    ("wapiti:reflected-cross-site-scripting", "GET /search"),
    ("wapiti:sql-injection", "GET /items"),
    ("wapiti:path-traversal", "GET /file"),
    ("wapiti:open-redirect", "GET /go"),
    ("wapiti:content-security-policy-configuration", "GET /"),
    ("wapiti:clickjacking-protection", "GET /"),
    ("wapiti:mime-type-confusion", "GET /"),
    ("wapiti:crlf-injection", "GET /go"),
    ("wapiti:internal-server-error", "GET /calc"),
    ("schemathesis:ST101", "GET /api/divide"),
    ("schemathesis:ST108", "GET /api/orders/{number}"),
}
"""What is planted in the running service: the tool's rule, and the request that shows it."""

ZAP_FLAWS = {
    ("zap:40012", "GET /search"),
    ("zap:40018", "GET /items"),
    ("zap:6", "GET /file"),
    ("zap:20019", "GET /go"),
    ("zap:40003", "GET /go"),
    ("zap:10038-1", "GET /"),
}
"""What ZAP 2.17 sees of the same."""

WORD = "opensesame" + "-2024"
"""Not one literal, as the scanner of this project would rightly report it."""

DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "orders", "version": "1"},
    "paths": {
        "/api/orders/{number}": {
            "get": {
                "parameters": [
                    {
                        "name": "number",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "integer", "minimum": 0, "maximum": 100},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "an order",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["number", "total"],
                                    "properties": {
                                        "number": {"type": "integer"},
                                        "total": {"type": "number"},
                                    },
                                }
                            }
                        },
                    }
                },
            }
        },
        "/api/divide": {
            "get": {
                "parameters": [
                    {
                        "name": "by",
                        "in": "query",
                        "required": True,
                        "schema": {"type": "integer", "minimum": 0, "maximum": 3},
                    }
                ],
                "responses": {"200": {"description": "a hundred, divided"}},
            }
        },
    },
}
"""``/api/orders`` answers off its schema; ``/api/divide`` falls over when dividing by nothing."""

SOURCE = '''\
"""A shop that nobody should open."""

import json
import os
import pickle
import sqlite3
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

password = "@WORD@"
database = sqlite3.connect("file:shop?mode=memory&cache=shared", uri=True, check_same_thread=False)
database.execute("CREATE TABLE items (id INTEGER, name TEXT)")
database.executemany("INSERT INTO items VALUES (?, ?)", [(1, "tea"), (2, "milk")])
database.commit()

HOME = """<html><body><h1>Shop</h1>
<a href="/search?q=tea">search</a> <a href="/items?name=tea">items</a>
<a href="/file?name=motd">file</a> <a href="/go?to=/">go</a> <a href="/calc?sum=1">calc</a>
<form action="/search"><input name="q" value="x"><input type="submit"></form>
</body></html>"""


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            self.route(parts.path, query)
        except Exception as error:
            self.answer(500, "text/plain", f"{type(error).__module__}.{type(error).__name__}: {error}")

    def route(self, path, query):
        if path == "/":
            self.answer(200, "text/html", HOME)
        elif path == "/search":
            term = query.get("q", "")
            self.answer(200, "text/html", f"<html><body>Nothing found for {term}</body></html>")
        elif path == "/items":
            rows = database.execute("SELECT id, name FROM items WHERE name = '%s'" % query["name"])
            self.answer(200, "text/html", f"<html><body>{len(list(rows))} items</body></html>")
        elif path == "/file":
            with open(os.path.join("/srv/shop", query["name"])) as file:
                self.answer(200, "text/plain", file.read())
        elif path == "/calc":
            self.answer(200, "text/plain", str(eval(query["sum"])))
        elif path == "/ping":
            self.answer(200, "text/plain", subprocess.getoutput("ping -c 1 " + query["host"]))
        elif path == "/basket":
            self.answer(200, "text/plain", str(pickle.loads(bytes.fromhex(query["state"]))))
        elif path == "/go":
            self.send_response(302)
            self.send_header("Location", query["to"])
            self.end_headers()
        elif path == "/openapi.json":
            self.answer(200, "application/json", DOCUMENT)
        elif path.startswith("/api/orders/"):
            self.answer(200, "application/json", json.dumps({"number": "seven"}))
        elif path == "/api/divide":
            self.answer(200, "application/json", json.dumps(100 / int(query["by"])))
        else:
            self.answer(404, "text/plain", "no such page")

    def answer(self, status, kind, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


DOCUMENT = @DOCUMENT@

if __name__ == "__main__":
    ThreadingHTTPServer(("0.0.0.0", @PORT@), Shop).serve_forever()
'''


def source() -> str:
    """Return the application."""
    text = SOURCE.replace("@WORD@", WORD).replace("@PORT@", str(PORT))
    return text.replace("@DOCUMENT@", repr(json.dumps(DOCUMENT)))


def image_archive(place: Path) -> Path:
    """
    Write the application with this machine's Python as an OCI archive at ``place``.

    The interpreter is one layer, the application the next, so a finding can say which it is in.
    """
    maker = ImageMaker()
    layers = [_layer(maker, _interpreter()), _layer(maker, _application())]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    config = {
        "os": "linux",
        "architecture": "arm64" if os.uname().machine == "aarch64" else "amd64",
        "config": {
            "Entrypoint": ["/usr/local/bin/python3", "/app/shop.py"],
            "Env": ["PATH=/usr/local/bin", "PYTHONHOME=/usr/local", "PYTHONDONTWRITEBYTECODE=1"],
            "ExposedPorts": {f"{PORT}/tcp": {}},
            "WorkingDir": "/app",
        },
        "rootfs": {"type": "layers", "diff_ids": [diff_id for _, diff_id in layers]},
        "history": [{"created_by": f"COPY python{version}"}, {"created_by": "COPY shop.py"}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": maker.add(as_json(config), OCI_CONFIG),
        "layers": [descriptor for descriptor, _ in layers],
    }
    made = maker.add(as_json(manifest), OCI_MANIFEST)
    return archive(place, maker.files(made))


def _layer(maker: ImageMaker, files: dict[str, tuple[bytes, int]]) -> tuple[Json, str]:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, (content, mode) in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), mode
            tar.addfile(info, io.BytesIO(content))
    tar_bytes = buffer.getvalue()
    return maker.add(tar_bytes, OCI_LAYER), sha256(tar_bytes)


def _application() -> dict[str, tuple[bytes, int]]:
    return {
        "app/shop.py": (source().encode(), 0o644),
        "etc/passwd": (
            b"root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
            0o644,
        ),
        "srv/shop/motd": (b"fresh milk\n", 0o644),
        "tmp/.keep": (b"", 0o644),
        "run/.keep": (b"", 0o644),
    }


def _interpreter() -> dict[str, tuple[bytes, int]]:
    """Return this machine's Python: program, library without its tests, and the libraries of both."""
    program = Path(sys._base_executable).resolve()
    library = Path(sysconfig.get_path("stdlib"))
    inside = f"usr/local/lib/python{sys.version_info[0]}.{sys.version_info[1]}"
    files = {"usr/local/bin/python3": (program.read_bytes(), 0o755)}
    linked = [program]
    for path in library.rglob("*"):
        below = path.relative_to(library)
        unwanted = LEFT_OUT.intersection(below.parts) or path.name.startswith(UNLINKED)
        if path.suffix in (".py", ".so") and not unwanted:
            files[f"{inside}/{below}"] = (path.read_bytes(), 0o755)
            linked += [path] if path.suffix == ".so" else []
    told = subprocess.run(["ldd", *map(str, linked)], capture_output=True, text=True, check=False)
    for found in sorted(set(re.findall(r"(?:=> |^\t)(/\S+)", told.stdout, re.MULTILINE))):
        files[found.lstrip("/")] = (Path(found).read_bytes(), 0o755)
    return files


def rewritten(layout: Path, manifest: Json, config: Json) -> Path:
    """Give an OCI layout another config, and return it."""
    blobs = layout / "blobs" / "sha256"

    def put(value: Json, media_type: str) -> Json:
        content = as_json(value)
        (blobs / sha256(content)[7:]).write_bytes(content)
        return {"mediaType": media_type, "digest": sha256(content), "size": len(content)}

    changed = {**manifest, "config": put(config, OCI_CONFIG)}
    index = json.loads((layout / "index.json").read_bytes())
    entry = {**index["manifests"][0], **put(changed, OCI_MANIFEST)}
    (layout / "index.json").write_bytes(as_json({**index, "manifests": [entry]}))
    return layout
