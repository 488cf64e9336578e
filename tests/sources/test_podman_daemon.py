"""Podman's socket is found where Podman's own remote client looks."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.sources.interface import Options
from pratique.sources.podman_daemon import open_target, socket
from tests.makers.image import ImageMaker
from tests.sources.test_engine import FakeEngine


def test_sockets(tmp_path):
    """CONTAINER_HOST, else the user's own, else the system's."""
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    own = tmp_path / "podman/podman.sock"

    assert socket({"CONTAINER_HOST": "unix:///c"}) == Path("/c")
    assert socket({}) == Path("/run/podman/podman.sock")
    own.parent.mkdir()
    own.touch()
    assert socket(environ) == own
    with pytest.raises(UsageError):
        socket({"CONTAINER_HOST": "ssh://h"})


def test_opens(tmp_path, monkeypatch):
    """The image is that of the service."""
    monkeypatch.chdir(tmp_path)
    maker = ImageMaker()
    with FakeEngine(Path("s"), maker, maker.image({"a": b"1"})).running() as engine:
        opened = open_target("app:1", Options(environ={"CONTAINER_HOST": "unix://s"}))
        opened.close()

    assert opened.images[0].digest == engine.id
