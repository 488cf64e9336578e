"""A Docker daemon is asked for its containers once each; one that goes meanwhile is no error."""

import json

import pytest

from pratique.kit.http import HttpStatus, Response
from pratique.workloads import docker_server
from pratique.workloads.docker_server import DockerServer
from tests.makers.node import CONFIG, ID, OTHER

TOLD = {
    "Id": ID,
    "Name": "/web",
    "Image": CONFIG,
    "Driver": "overlay2",
    "Config": {"Image": "web:1", "Labels": {"k": "v"}},
    "State": {"Pid": 77, "Running": True},
    "HostConfig": {"Privileged": True},
    "Mounts": [{"Source": "/srv", "Destination": "/d", "RW": False}],
    "GraphDriver": {"Name": "overlay2", "Data": {"UpperDir": "/u", "MergedDir": "/m"}},
}


class Daemon:
    """A daemon with some containers."""

    def __init__(self, told):
        self.ids, self.told, self.asked = [one["Id"] for one in told], told, []

    def request(self, method, url, *, max_bytes):
        """Answer."""
        self.asked.append(url)
        if url.endswith("/containers/json"):
            return self._answer([{"Id": one} for one in self.ids])
        for one in self.told:
            if f"/containers/{one['Id']}/json" in url:
                return self._answer(one)
        raise HttpStatus(404, url=url, headers={})

    def close(self):
        """Note the end."""
        self.asked.append("close")

    def _answer(self, value):
        return Response(status=200, headers={}, body=json.dumps(value).encode())


def test_what_it_tells():
    """Names, image, first process, overlay, mounts, rights."""
    (web,) = DockerServer(Daemon([TOLD])).ask()
    assert (web.id, web.name, web.image, web.image_id) == (ID, "web", "web:1", CONFIG)
    assert (web.upper, web.merged, web.init_pid) == ("/u", "/m", 77)
    assert (web.privileged, web.labels, web.complete) == (True, (("k", "v"),), True)
    assert [(one.source, one.writable) for one in web.mounts] == [("/srv", False)]


def test_each_is_looked_at_once(monkeypatch):
    """Not too many at once; what is gone is forgotten."""
    daemon = Daemon([TOLD, {**TOLD, "Id": OTHER, "GraphDriver": None, "HostConfig": None}])
    server = DockerServer(daemon)
    monkeypatch.setattr(docker_server, "MOST_LOOKED_AT", 1)
    assert [one.id for one in server.ask()] == [ID]
    assert [one.id for one in server.ask()] == [ID, OTHER]
    server.ask()
    assert len(daemon.asked) == 3 + 2
    daemon.ids.remove(ID)
    assert [one.id for one in server.ask()] == [OTHER]


def test_one_that_went_meanwhile():
    """It is left out."""
    daemon = Daemon([TOLD])
    daemon.ids.append(OTHER)
    server = DockerServer(daemon)
    assert [one.id for one in server.ask()] == [ID]
    server.close()
    assert daemon.asked[-1] == "close"


def test_a_daemon_that_refuses():
    """It is an error."""
    daemon = Daemon([])
    daemon.request = lambda *_, **__: (_ for _ in ()).throw(HttpStatus(500, url="", headers={}))
    with pytest.raises(HttpStatus):
        DockerServer(daemon).ask()
