"""
Time what knowing many containers costs: the first look, a birth, and a group that bears no name.

``python -m bench.containers`` makes up nodes with 1,000 containers of Podman, Docker and containerd
and prints CPU milliseconds. Nothing of this machine is read.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pratique.kit import registry
from pratique.model.observation import CgroupChanged
from pratique.workloads.containers import Containers
from pratique.workloads.index import Index
from tests.makers.bolt import bolt
from tests.makers.node import CONFIG, MANIFEST, Node

CONTAINERS = 1_000
BORN = 100
DOUBTFUL = 20
SECOND = 1_000_000_000
STORAGE, RUN = "/var/lib/containers/storage", "/run/containers/storage"
TASKS = "/run/containerd/io.containerd.runtime.v2.task/k8s.io"
SANDBOX = "io.kubernetes.cri.sandbox-id"

Made = dict[str, tuple[Callable[[Node, Sequence[str]], None], str]]


def main() -> None:
    """Print a row for each engine."""
    print("engine       first look  birth  unclaimed  20 in doubt, first and next  idle poll")
    for engine, (write, path) in ENGINES.items():
        with TemporaryDirectory() as folder:
            print(f"{engine:<12} {measured(Path(folder), write, path)}")


def measured(folder: Path, write: Callable[[Node, Sequence[str]], None], path: str) -> str:
    """Return the figures of one engine."""
    node = Node(folder)
    ids = [sha256(str(one).encode()).hexdigest() for one in range(CONTAINERS + BORN)]
    write(node, ids[:CONTAINERS])
    for one in ids[:CONTAINERS]:
        node.group(path.format(one))
    index = Index(node.host, registry.load("workloads"), Containers())
    figures: list[float] = []
    with timed(figures):
        index.scan()
    assert len(index.containers.running()) == CONTAINERS
    index.follow()
    index.poll(SECOND)
    write(node, ids)
    with timed(figures, BORN):
        for number, one in enumerate(ids[CONTAINERS:]):
            index.observe(CgroupChanged(path.format(one), 900_000 + number, 8), SECOND)
    nobodys = [sha256(b"%d" % one).hexdigest() for one in range(BORN)]
    with timed(figures, BORN):
        for number, one in enumerate(nobodys):
            index.observe(CgroupChanged(path.format(one), 950_000 + number, 8), SECOND)
    index.poll(40 * SECOND)
    for number in range(DOUBTFUL):
        index.observe(CgroupChanged(f"/odd{number}", 990_000 + number, 8), 40 * SECOND)
    for number in range(2):
        with timed(figures):
            index.poll((41 + number) * SECOND)
    index.poll(100 * SECOND)  # the doubt is over
    with timed(figures):
        index.poll(101 * SECOND)
    index.close()
    look, birth, unclaimed, doubt, again, idle = figures
    return f"{look:10.0f} {birth:6.2f} {unclaimed:10.3f} {doubt:17.1f} {again:10.1f} {idle:10.1f}"


@contextmanager
def timed(figures: list[float], times: int = 1) -> Iterator[None]:
    """Append the CPU milliseconds that the block took for each of so many things."""
    start = time.process_time()
    yield
    figures.append((time.process_time() - start) * 1000 / times)


def podman(node: Node, ids: Sequence[str]) -> None:
    """Write containers of Podman."""
    told = '{"image-name": "x.example/web:1", "name": "web"}'
    image = CONFIG.removeprefix("sha256:")
    rows = [
        {"id": one, "names": [one[:9]], "image": image, "layer": one, "metadata": told}
        for one in ids
    ]
    node.write(f"{STORAGE}/overlay-containers/containers.json", rows)
    node.write(f"{STORAGE}/overlay-images/images.json", [{"id": image, "digest": MANIFEST}])
    for one in ids:
        said = {"annotations": {"io.container.manager": "libpod"}}
        node.write(f"{STORAGE}/overlay-containers/{one}/userdata/config.json", said)
        node.write(f"{RUN}/overlay-containers/{one}/userdata/pidfile", "77")


def docker(node: Node, ids: Sequence[str]) -> None:
    """Write containers of Docker."""
    root = "/var/lib/docker"
    for one in ids:
        told = {"ID": one, "Name": "/web", "Image": CONFIG, "Driver": "overlay2"}
        state = {"Config": {"Image": "web:1"}, "State": {"Pid": 77, "Running": True}}
        node.write(f"{root}/containers/{one}/config.v2.json", {**told, **state})
        node.write(f"{root}/containers/{one}/hostconfig.json", {})
        node.write(f"{root}/image/overlay2/layerdb/mounts/{one}/mount-id", one)
    node.write(f"{root}/image/overlay2/repositories.json", {"Repositories": {}})


def containerd(node: Node, ids: Sequence[str]) -> None:
    """Write containers of one pod under containerd."""
    sandbox = {b"image": b"pause:1", b"labels": {b"io.cri-containerd.kind": b"sandbox"}}
    held = {one.encode(): {b"image": b"web:1"} for one in ids} | {ids[0].encode(): sandbox}
    images = {b"web:1": {b"target": {b"digest": MANIFEST.encode()}}}
    database = bolt({b"v1": {b"k8s.io": {b"containers": held, b"images": images}}})
    node.write("/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db", database)
    for one in ids:
        said = {SANDBOX: ids[0], "io.kubernetes.cri.sandbox-name": "web-0"}
        bundle = {"annotations": said, "linux": {"cgroupsPath": f"/k8s.io/{one}"}}
        node.write(f"{TASKS}/{one}/config.json", bundle)
        node.write(f"{TASKS}/{one}/init.pid", "77")


ENGINES: Made = {
    "podman": (podman, "/libpod_parent/libpod-{}"),
    "docker": (docker, "/docker/{}"),
    "containerd": (containerd, "/k8s.io/{}"),
}

if __name__ == "__main__":
    main()
