"""The process of the gate is small and speaks its protocol; the rest is tests/responses/test_fanotify_gate.py."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pratique.responses.fanotify_gate import FanotifyGate, why_not
from tests.conftest import missing


@pytest.fixture
def gate(short_folder):
    if why := why_not():
        missing("fanotify", why)
    with FanotifyGate(short_folder / "gate") as made:
        yield made, short_folder / "gate"


def asked(place, message, descriptors):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as peer:
        peer.settimeout(20)
        peer.connect(str(place))
        socket.send_fds(peer, [message], descriptors)
        return peer.recv(4096)


def test_it_imports_only_the_standard_library() -> None:
    """A process that may hold up executions starts fast and stays small."""
    code = (
        "import pratique.responses._gate_process, sys, json;"
        "print(json.dumps([one for one in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(json.loads(done.stdout))

    assert not loaded & {"msgspec", "httpx", "click", "pratique.model", "pratique.kit"}


def test_only_the_owner_can_speak_to_it(gate) -> None:
    """Whoever could would switch the guard of a container."""
    _, place = gate

    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("message", "count"),
    [(b"guard", 0), (b"guard", 1), (b"let go", 2), (b"", 2), (b"\xff", 2)],
)
def test_what_is_no_request(gate, tmp_path, message, count) -> None:
    """It is answered with why, and the next request is served."""
    _, place = gate
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        said = asked(place, message, [folder] * count)
        again = asked(place, b"guard", [folder, folder])
    finally:
        os.close(folder)

    assert said != b"ok"
    assert said
    assert again == b"the root is no overlay"


def test_requests_do_not_cover_up_that_the_answerer_hangs(tmp_path, short_folder) -> None:
    """The first waits for it and is told so; the next ones are answered by a new answerer."""
    if why := why_not():
        missing("fanotify", why)
    place = short_folder / "gate"
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        with FanotifyGate(place, silent_s=3) as gate:
            answerer = Path(f"/proc/{gate.pid}/task/{gate.pid}/children").read_text()
            os.kill(int(answerer), signal.SIGSTOP)
            said = [asked(place, b"guard", [folder, folder]) for _ in range(3)]
    finally:
        os.close(folder)

    assert said == [b"timed out", *[b"the root is no overlay"] * 2]
