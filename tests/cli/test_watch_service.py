"""Law: who supervises a watch hears that it is ready and that it stops, and nobody else speaks for it."""

import os
import socket
from pathlib import Path

import pytest

from tests.cli.scanning import Run
from tests.makers.watched import recorded, story


def test_the_supervisor_is_told(
    pratique: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between ready and the stop comes nothing but how it stands."""
    recording, place = tmp_path / "story.rec", tmp_path / "notify"
    recorded(recording, story())
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NOTIFY_SOCKET", str(place))
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.settimeout(10)
        supervisor.bind(str(place))
        assert pratique("watch", "--replay", str(recording))[0] == 0
        first = supervisor.recv(4096).decode()
        while (last := supervisor.recv(4096).decode()) != "STOPPING=1":
            assert last.startswith("STATUS=")

    assert first.startswith("READY=1\nSTATUS=0 events, 0 lost")
    assert "NOTIFY_SOCKET" not in os.environ
