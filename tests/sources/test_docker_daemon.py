"""The Docker socket is found where Docker's own client looks."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.sources.docker_daemon import open_target, socket
from pratique.sources.interface import Options
from tests.makers.image import ImageMaker
from tests.sources.test_engine import FakeEngine


def test_sockets(tmp_path):
    """DOCKER_HOST, else the system's, a rootless daemon's, Desktop's; the system's by default."""
    environ = {"XDG_RUNTIME_DIR": str(tmp_path / "run"), "HOME": str(tmp_path)}
    if Path("/var/run/docker.sock").exists():
        environ["DOCKER_HOST"] = ""
    else:
        assert socket(environ) == Path("/var/run/docker.sock")
        for place in (tmp_path / ".docker/run/docker.sock", tmp_path / "run/docker.sock"):
            place.parent.mkdir(parents=True)
            place.touch()
            assert socket(environ) == place
    assert socket(environ | {"DOCKER_HOST": "unix:///d"}) == Path("/d")
    with pytest.raises(UsageError):
        socket({"DOCKER_HOST": "ssh://h"})


def test_opens(tmp_path, monkeypatch):
    """The image is that of the daemon."""
    monkeypatch.chdir(tmp_path)
    maker = ImageMaker()
    with FakeEngine(Path("s"), maker, maker.image({"a": b"1"})).running() as engine:
        opened = open_target("app:1", Options(environ={"DOCKER_HOST": "unix://s"}))
        opened.close()

    assert opened.images[0].digest == engine.id
