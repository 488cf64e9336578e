"""Engines are asked over their sockets; where there is none, the first process is ended."""

import signal
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
from msgspec.structs import replace

from pratique.responses.engines import Engines
from pratique.responses.interface import Unable
from pratique.responses.node import Running
from tests.makers.alerts import WORKLOAD
from tests.makers.responses import sleeper


class FakeNode:
    """All processes are in the containers given."""

    def __init__(self, container):
        self.container = container

    def running(self, pid):
        """Return one."""
        return Running(pid, "x", 1, 0, False, {"pids": f"/libpod-{self.container}"})


@contextmanager
def engine(place, status, body=b"{}"):
    """Serve one answer to everything on a unix socket; gives the paths that were asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append(self.path)
            self.send_response(status)
            self.send_header("content-length", str(len(body) if status != 204 else 0))
            self.end_headers()
            if status != 204:
                self.wfile.write(body)

        def log_message(self, *_):
            """Say nothing."""

        def address_string(self):
            return "unix"

    with socketserver.ThreadingUnixStreamServer(str(place), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield asked
        server.shutdown()
        thread.join()


def engines(place, node=None):
    return Engines(environ={}, sockets={"podman": place}, node=node or FakeNode(WORKLOAD.id))


def test_pause_and_stop(short_folder) -> None:
    """By the paths of the API that both engines serve."""
    with engine(short_folder / "a", 204) as asked:
        paused = engines(short_folder / "a").pause(WORKLOAD)
        engines(short_folder / "a").stop(WORKLOAD, 3.2)

    assert asked == [f"/containers/{WORKLOAD.id}/pause", f"/containers/{WORKLOAD.id}/stop?t=3"]
    assert paused == "paused by podman"


def test_what_is_done_already(short_folder) -> None:
    """Stopped or paused before is stopped or paused."""
    with engine(short_folder / "b", 304):
        engines(short_folder / "b").stop(WORKLOAD, 1)
    with engine(short_folder / "c", 409, b'{"message": "already paused"}'):
        engines(short_folder / "c").pause(WORKLOAD)


@pytest.mark.parametrize("status", [404, 409, 500])
def test_an_engine_that_cannot(short_folder, status) -> None:
    """Its answer is told."""
    with engine(short_folder / f"d{status}", status), pytest.raises(Unable, match=str(status)):
        engines(short_folder / f"d{status}").pause(WORKLOAD)


def test_an_id_is_no_path(short_folder) -> None:
    """Nothing else of the API can be reached by it."""
    with engine(short_folder / "e", 204) as asked, pytest.raises(Unable):
        engines(short_folder / "e").stop(replace(WORKLOAD, id="../images/x"), 1)

    assert asked == []


def test_without_a_socket_the_first_process_is_ended(tmp_path) -> None:
    """First politely."""
    with sleeper() as child:
        workload = replace(WORKLOAD, init_pid=child.pid)
        said = engines(tmp_path / "none").stop(workload, 5)

        assert "SIGTERM" in said
        assert child.wait(10) == -signal.SIGTERM


def test_one_that_does_not_end_by_itself(tmp_path) -> None:
    """Then at once."""
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('up', flush=True); time.sleep(600)"
    )
    with sleeper(code) as child:
        workload = replace(WORKLOAD, init_pid=child.pid)

        assert "SIGKILL" in engines(tmp_path / "none").stop(workload, 0.05)


def test_a_first_process_that_is_not_the_containers(tmp_path) -> None:
    """A number that was used anew is not ended."""
    with sleeper() as child:
        workload = replace(WORKLOAD, init_pid=child.pid)
        with pytest.raises(Unable):
            engines(tmp_path / "none", FakeNode("b" * 64)).stop(workload, 0.05)

        assert child.poll() is None
