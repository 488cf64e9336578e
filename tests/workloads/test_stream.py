"""Docker's stream is followed over its socket, without ever waiting for it."""

import json
import socket
import threading
import time

import pytest

from pratique.formats.runtime.engine_events import MOST_LINE
from pratique.workloads._stream import StreamFollower, lines

HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(action):
    """Return one event as the daemon sends it."""
    line = json.dumps({"Type": "container", "Action": action, "Actor": {"ID": "a1"}}) + "\n"
    return b"%x\r\n%s\r\n" % (len(line), line.encode())


@pytest.fixture
def daemon(short_folder):
    """Give a socket on which one caller hears two events."""
    path = short_folder / "d.sock"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        asked = []

        def answer():
            caller, _ = listening.accept()
            with caller:
                asked.append(caller.recv(4096))
                caller.sendall(HEAD + chunk("start") + chunk("die") + b"0\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield path, asked
        thread.join(10)


def test_events(daemon):
    """Births and deaths arrive; containers alone are asked for."""
    path, asked = daemon
    follower = StreamFollower(str(path))
    found = []
    end = time.monotonic() + 20
    while len(found) < 2 and time.monotonic() < end:
        found += follower.poll()
        time.sleep(0.01)
    follower.close()

    assert [(event.id, event.born) for event in found] == [("a1", True), ("a1", False)]
    assert asked[0].startswith(b"GET /events?filters=")


def test_no_daemon(tmp_path):
    """Nobody there is nothing heard."""
    follower = StreamFollower(str(tmp_path / "none.sock"))
    assert follower.poll() == []
    follower.close()


def test_long_lines():
    """A line over the bound is passed over, however it is cut into chunks."""
    long = b"x" * (MOST_LINE + 1)
    assert list(lines([b"a\n", long, b"y" * 9, b"\nb\n"])) == [b"a", b"b"]
