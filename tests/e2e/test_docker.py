"""Containers of a real Docker daemon are known by its files, its API and its event stream."""

import os
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from pratique.kit import registry
from pratique.kit.http import Http
from pratique.model.observation import CgroupChanged
from pratique.workloads.asking import Asking
from pratique.workloads.containers import Containers
from pratique.workloads.docker_server import DockerServer
from pratique.workloads.groups import hierarchies
from pratique.workloads.host import Host
from pratique.workloads.index import Index
from tests.conftest import missing
from tests.e2e.engines import docker_service, shell_files, wait_for

pytestmark = pytest.mark.e2e

IMAGE = "shell:1"
PARENT = "/docker"


class Docker:
    """A daemon of the test's own, asked through its API: no client program is needed."""

    def __init__(self, socket: Path) -> None:
        transport = httpx.HTTPTransport(uds=str(socket))
        self.socket = socket
        self._client = httpx.Client(
            transport=transport, base_url="http://localhost/v1.41", timeout=60
        )

    def ask(self, method: str, path: str, **more: object) -> object:
        """Return what it answers."""
        answer = self._client.request(method, path, **more)
        assert answer.is_success, answer.text
        return answer.json() if answer.content[:1] in (b"{", b"[") else answer.text

    def run(self, name: str, *command: str, **settings: object) -> str:
        """Start a container; return its id."""
        host = {"NetworkMode": "none", **settings.pop("HostConfig", {})}
        body = {"Image": IMAGE, "Cmd": list(command), "HostConfig": host, **settings}
        made = self.ask("POST", f"/containers/create?name={name}", json=body)
        self.ask("POST", f"/containers/{made['Id']}/start")
        return str(made["Id"])

    def inspect(self, identity: str) -> dict:
        """Return what it knows of a container."""
        return self.ask("GET", f"/containers/{identity}/json")

    def close(self) -> None:
        """Remove all containers."""
        for one in self.ask("GET", "/containers/json?all=1"):
            self.ask("DELETE", f"/containers/{one['Id']}?force=1")
        self._client.close()


@pytest.fixture(scope="module")
def docker(need, short_folder):
    """Give a daemon with one image, and its folder."""
    program, busybox = need("dockerd"), need("busybox")
    if os.geteuid():
        missing("dockerd", "it needs root")
    with docker_service(program, short_folder) as socket:
        daemon = Docker(socket)
        try:
            path = f"/images/create?fromSrc=-&repo={IMAGE.partition(':')[0]}&tag=1"
            daemon.ask("POST", path, content=shell_files(Path(busybox)), timeout=120)
            yield daemon, short_folder
        finally:
            daemon.close()
    _unmount(short_folder)
    for place in Path("/sys/fs/cgroup").glob("*/pq-ci"):
        with suppress(OSError):
            place.rmdir()


def _unmount(folder: Path) -> None:
    """Leave nothing of the daemon's that keeps the folder from being removed."""
    mounts = Path("/proc/self/mounts").read_text().splitlines()
    for place in (line.split()[1] for line in mounts):
        if place.startswith(f"{folder}/"):
            subprocess.run(["umount", "-l", place], check=False)


def index_of(folder: Path, **more: str) -> Index:
    """Return the index of this machine after its first look."""
    host = Host("/", {"PRATIQUE_DOCKER_ROOT": f"{folder}/root", **more})
    made = Index(host, registry.load("workloads"), Containers())
    made.scan()
    return made


def test_a_container_that_runs(docker):
    """Name, image, overlay, labels, mounts and first process: all as Docker says."""
    daemon, folder = docker
    identity = daemon.run(
        "web",
        *("sleep", "600"),
        Labels={"app": "x"},
        HostConfig={"Binds": [f"{folder}/root:/data:ro"]},
    )
    told = daemon.inspect(identity)
    two, one = hierarchies(Host())
    ids = [
        Host().inode(f"{each.mount}{PARENT}/{identity}") if each.mount else 0 for each in (two, one)
    ]
    found = index_of(folder).of(*ids)

    assert found is not None
    assert (found.id, found.name, found.image) == (identity, "web", IMAGE)
    assert (found.engine, found.image_id) == ("docker", told["Image"])
    assert found.init_pid == told["State"]["Pid"]
    assert found.labels == (("app", "x"),)
    assert not found.privileged
    (mount,) = found.mounts
    assert (mount.source, mount.destination, mount.writable) == (f"{folder}/root", "/data", False)
    if told["GraphDriver"]["Name"] == "overlay2":
        assert found.upper == told["GraphDriver"]["Data"]["UpperDir"]
        assert found.merged == told["GraphDriver"]["Data"]["MergedDir"]


def test_a_container_below_another_parent(docker):
    """A ``--cgroup-parent`` does not hide it; one that ended does not run."""
    daemon, folder = docker
    ended = daemon.run("ended", "true")
    wait_for("its end", lambda: not daemon.inspect(ended)["State"]["Running"])
    identity = daemon.run("ci", "sleep", "600", HostConfig={"CgroupParent": "/pq-ci"})
    index = index_of(folder)
    found = index.of_path(f"/pq-ci/{identity}")
    assert found is not None
    assert found.name == "ci"
    assert ended not in [one.id for one in index.containers.running()]


def test_the_event_stream(docker):
    """A container is known by the daemon's word alone, and its end too."""
    daemon, folder = docker
    index = index_of(folder, DOCKER_HOST=f"unix://{daemon.socket}")
    index.follow()
    try:
        # The stream tells what comes after it was asked for; nobody says when that is.
        made: list[str] = []

        def told() -> bool:
            made.append(daemon.run(f"told-{len(made)}", "sleep", "600"))
            index.poll(time.time_ns())
            return any(index.containers.get(one) for one in made)

        wait_for("an event", told)
        known = next(one for one in made if index.containers.get(one))
        daemon.ask("POST", f"/containers/{known}/kill")

        def ended() -> bool:
            index.poll(time.time_ns())
            return known not in [one.id for one in index.containers.running()]

        wait_for("the end", ended)
    finally:
        index.close()


def test_files_that_cannot_be_read(docker):
    """The daemon is asked, and says the same of name, image, overlay and first process."""
    daemon, folder = docker
    identity = daemon.run("asked", "sleep", "600", Labels={"app": "y"})
    index = index_of(folder, PRATIQUE_DOCKER_ROOT="/nowhere")
    index.listen((Asking(DockerServer(Http(environ={}, unix_socket=daemon.socket))),))
    try:

        def known() -> bool:
            index.poll(time.time_ns())
            found = index.of_path(f"{PARENT}/{identity}")
            return found is not None and found.complete

        wait_for("the daemon's word", known)
        by_api = index.of_path(f"{PARENT}/{identity}")
    finally:
        index.close()
    assert by_api == index_of(folder).of_path(f"{PARENT}/{identity}")


def test_containers_of_a_moment(docker):
    """One that does nothing and goes is named from the birth of its control group, or its event."""
    daemon, folder = docker
    index = index_of(folder, DOCKER_HOST=f"unix://{daemon.socket}")
    two, one = hierarchies(Host())
    hierarchy = one if one.mount else two
    births: dict[str, int] = {}
    over = threading.Event()

    def watch() -> None:
        place = hierarchy.mount + PARENT
        seen = set(Host().folders(place))
        while not over.is_set():
            for name in set(Host().folders(place)) - seen:
                seen.add(name)
                births[name] = Host().inode(f"{place}/{name}")
                act = CgroupChanged(f"{PARENT}/{name}", births[name], hierarchy.number)
                index.observe(act, time.time_ns())
            index.poll(time.time_ns())
            time.sleep(0.002)

    index.follow()
    thread = threading.Thread(target=watch)
    thread.start()
    try:
        made = {daemon.run(f"moment-{number}", "true"): f"moment-{number}" for number in range(3)}
        for identity in made:
            wait_for("its end", lambda one=identity: not daemon.inspect(one)["State"]["Running"])
        wait_for("its name", lambda: all(index.containers.get(one) for one in made))
    finally:
        over.set()
        thread.join()
        index.close()
    config = daemon.ask("GET", f"/images/{IMAGE}/json")["Id"]
    for identity, name in made.items():
        known = index.containers.get(identity)
        assert known is not None
        assert (known.name, known.image_id, known.engine) == (name, config, "docker")
