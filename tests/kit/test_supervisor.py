"""What a service tells its supervisor is read from the supervisor's own kind of socket."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.kit.supervisor import Supervisor


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[socket.socket]:
    """Return a socket that hears what is told, by a path or by a name without a file."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.settimeout(10)
        heard.bind(str(tmp_path / "notify"))
        yield heard


def test_a_service_tells_how_it_stands(supervisor: socket.socket) -> None:
    """Ready, alive with a sign for the watchdog, stopping; words stay one line."""
    environ = {
        "NOTIFY_SOCKET": supervisor.getsockname(),
        "WATCHDOG_USEC": "60000000",
        "HOME": "/root",
    }
    told = Supervisor.taken_from(environ)
    told.ready("2 events\nMAINPID=1")
    told.alive("3 events")
    told.stopping()

    assert told.listens
    assert [supervisor.recv(4096).decode() for _ in range(3)] == [
        "READY=1\nSTATUS=2 events MAINPID=1",
        "WATCHDOG=1\nSTATUS=3 events",
        "STOPPING=1",
    ]
    assert environ == {"HOME": "/root"}


def test_a_sign_of_life_is_given_to_who_waits_for_it(supervisor: socket.socket) -> None:
    """Not where the watchdog is another process's, or off."""
    place = {"NOTIFY_SOCKET": supervisor.getsockname()}
    for more in ({"WATCHDOG_USEC": "9", "WATCHDOG_PID": "8"}, {"WATCHDOG_USEC": "0"}, {}):
        Supervisor.taken_from({**place, **more}, pid=7).alive("")
        assert supervisor.recv(4096) == b"STATUS="
    Supervisor.taken_from({**place, "WATCHDOG_USEC": "9", "WATCHDOG_PID": "7"}, pid=7).alive("")
    assert supervisor.recv(4096) == b"WATCHDOG=1\nSTATUS="


def test_names_without_a_file() -> None:
    """As containers are given them."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.settimeout(10)
        heard.bind("")  # the kernel chooses a name
        name = heard.getsockname()[1:].decode()
        Supervisor(f"@{name}").stopping()
        assert heard.recv(4096) == b"STOPPING=1"


@pytest.mark.parametrize("place", ["", "/nowhere/notify", "/dev/null", "x" * 200])
def test_nobody_listens(place: str) -> None:
    """And the service goes on."""
    told = Supervisor(place, watched=True)
    told.ready("")
    told.alive("")
    told.stopping()
    assert told.listens == bool(place)
