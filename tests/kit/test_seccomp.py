"""A confined process computes and does nothing else."""

import os
import platform
import socket
import sys

import pytest

from pratique.kit.seccomp import forbid_all_but_computing

KNOWN = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


def _outcome(action: str) -> str:
    """Do something in a confined child and return what came of it."""
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        answer = b"?"
        try:
            forbid_all_but_computing()
            _ACTIONS[action]()
            answer = b"done"
        except OSError as error:
            answer = b"refused %d" % (error.errno or 0)
        finally:
            os.write(writer, answer)
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as file:
        found = file.read().decode()
    os.waitpid(pid, 0)
    return found


_ACTIONS = {
    "compute": lambda: sum(bytearray(40 << 20)),
    "open": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "write": lambda: os.open("/tmp/pratique-seccomp", os.O_WRONLY | os.O_CREAT),
    "connect": lambda: socket.socket().connect(("127.0.0.1", 9)),
    "fork": os.fork,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getppid(), 0),
}


@pytest.mark.skipif(not KNOWN, reason="needs Linux on a known machine")
def test_computing_goes_on() -> None:
    """Memory, arithmetic and open descriptors still work."""
    assert _outcome("compute") == "done"


@pytest.mark.skipif(not KNOWN, reason="needs Linux on a known machine")
@pytest.mark.parametrize("action", ["open", "write", "connect", "fork", "exec", "kill"])
def test_everything_else_is_refused(action: str) -> None:
    """Files, sockets, processes and signals give EPERM."""
    assert _outcome(action) == "refused 1"
