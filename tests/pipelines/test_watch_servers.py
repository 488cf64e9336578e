"""Servers are asked where they are named or plainly there; an address that is none is refused."""

import json
import socket
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.watch_servers import Servers, chosen
from pratique.pipelines.watch_who import LiveWho
from pratique.workloads.cri_server import SOCKETS
from tests.e2e.engines import wait_for
from tests.makers.node import ID, POD_UID, Node

OFF = Servers(kubernetes="off", cri="off")
PATH = f"/kubepods/besteffort/pod{POD_UID}/{ID}"


def names(servers, root="/nowhere", **environ):
    """Return who is asked."""
    return [one.name for one in chosen(servers, "n1", str(root), environ)]


def listening(place):
    """Return a socket that nobody answers at."""
    place.parent.mkdir(parents=True, exist_ok=True)
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(place))
    made.listen()
    return made


def test_nobody_is_asked_where_nobody_is(tmp_path):
    """By default too."""
    assert names(OFF) == names(Servers(), tmp_path) == []
    # A token alone, or a cluster alone, is no pod.
    assert names(Servers(), tmp_path, KUBERNETES_SERVICE_HOST="10.96.0.1") == []


def test_in_a_pod(tmp_path):
    """A token and the cluster's address are enough; ``off`` is off."""
    (tmp_path / "token").write_text("t0")
    told = {
        "KUBERNETES_SERVICE_HOST": "127.0.0.1",
        "KUBERNETES_SERVICE_PORT": "1",
        "PRATIQUE_KUBERNETES_TOKEN": f"{tmp_path}/token",
    }
    assert names(Servers(), tmp_path, **told) == ["kubernetes"]
    assert names(OFF, tmp_path, **told) == []


def test_an_engine_under_kubernetes(short_folder):
    """Its socket and the kubelet's folder, below where the node is seen; or where it is said to be."""
    place = short_folder / "n" / SOCKETS[0][1:]
    with listening(place):
        assert names(Servers(), short_folder / "n") == []
        (short_folder / "n/var/lib/kubelet").mkdir(parents=True)
        assert names(Servers(), short_folder / "n") == ["cri"]
    assert names(Servers(cri=f"unix://{short_folder}/none")) == ["cri"]


def test_docker(short_folder):
    """It is asked only where its folder cannot be read."""
    root = short_folder / "d"
    with listening(root / "var/run/docker.sock"):
        assert names(OFF, root) == ["docker"]
        (root / "var/lib/docker/containers").mkdir(parents=True)
        assert names(OFF, root) == []
        assert names(OFF, root, DOCKER_HOST="tcp://10.0.0.1:2375") == []
        assert names(OFF, root, DOCKER_HOST=f"unix://{short_folder}/none") == []


@pytest.mark.parametrize("address", ["10.96.0.1", "file:///etc/passwd", "yes"])
def test_what_is_no_address(address):
    """It is refused before anything is asked."""
    with pytest.raises(UsageError):
        chosen(Servers(kubernetes=address, cri="off"), "n1", "/nowhere", {})


def test_a_container_and_its_owner(tmp_path):
    """From the birth of a control group to the owner of its pod; then the server falls silent."""
    pod = {
        "metadata": {
            "uid": POD_UID,
            "name": "web-0",
            "namespace": "shop",
            "ownerReferences": [{"kind": "StatefulSet", "name": "web", "controller": True}],
        }
    }

    class Kubelet(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"items": [pod]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    node = Node(tmp_path)
    two, _ = node.group(PATH)
    server = HTTPServer(("127.0.0.1", 0), Kubelet)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/pods"
    who = LiveWho("n1", str(tmp_path), servers=Servers(kubernetes=url, cri="off"))
    try:
        who.index.scan()

        def owned():
            who.poll(0)
            found = who.index.of(two)
            return found is not None and found.pod_facts is not None and found

        wait_for("the owner", owned)
        found = owned()
        assert (found.id, found.pod, found.namespace) == (ID, "web-0", "shop")
        assert (found.pod_facts.owner_kind, found.pod_facts.owner) == ("StatefulSet", "web")
        assert who.silent() == ()
    finally:
        who.close()
        server.shutdown()
        server.server_close()


def test_a_server_that_is_not_there(tmp_path):
    """A watch goes on, and says so."""
    Path(tmp_path / "proc").mkdir()
    servers = Servers(kubernetes="http://127.0.0.1:1/pods", cri=f"{tmp_path}/none")
    who = LiveWho("n1", str(tmp_path), servers=servers)
    try:
        wait_for("both silences", lambda: len(who.silent()) == 2)
        assert [name for name, _ in who.silent()] == ["kubernetes", "cri"]
    finally:
        who.close()
