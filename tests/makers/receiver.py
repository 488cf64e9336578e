"""Be the servers that alerts are sent to: HTTP with answers of one's choice, and log daemons."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """What came, and what to answer: the statuses in ``answers`` first, then 200."""

    def __init__(self):
        self.bodies, self.headers, self.paths = [], [], []
        self.answers = []
        self.refuses = lambda body: False
        self.more = {}
        self.url = ""

    def answer(self, path, headers, body):
        """Return the status for a request, and remember it if it is taken."""
        status = self.answers.pop(0) if self.answers else 400 if self.refuses(body) else 200
        if status == 200:
            self.bodies.append(body)
            self.headers.append(headers)
            self.paths.append(path)
        return status


@contextmanager
def receiver():
    """Run a receiver on loopback."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            status = made.answer(self.path, dict(self.headers.items()), body)
            self.send_response(status)
            for name, value in made.more.items():
                self.send_header(name, value)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def datagrams(family=socket.AF_INET, address=("127.0.0.1", 0)):
    """Bind a socket for datagrams."""
    with socket.socket(family, socket.SOCK_DGRAM) as bound:
        bound.bind(address)
        bound.settimeout(10)
        yield bound


@contextmanager
def listener(port=0):
    """Listen on loopback."""
    with socket.create_server(("127.0.0.1", port)) as bound:
        bound.settimeout(10)
        yield bound
