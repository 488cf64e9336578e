"""Docker's containers are known from its daemon's files."""

from pratique.workloads import docker
from tests.makers.node import CONFIG, ID, LAYER, MANIFEST, OTHER, Node

ROOT = "/var/lib/docker"
CONTAINER = {
    "ID": ID,
    "Name": "/web",
    "Image": CONFIG,
    "Driver": "overlay2",
    "Config": {"Image": "nginx:1", "Labels": {"k": "v"}},
    "State": {"Pid": 77, "Running": True},
}


def node(tmp_path, **more):
    """Return a node with one container of Docker."""
    made = Node(tmp_path)
    made.write(f"{ROOT}/containers/{ID}/config.v2.json", {**CONTAINER, **more})
    made.write(f"{ROOT}/containers/{ID}/hostconfig.json", {"Privileged": True})
    made.write(f"{ROOT}/image/overlay2/layerdb/mounts/{ID}/mount-id", LAYER)
    names = {"nginx": {"nginx:1": CONFIG, f"nginx@{MANIFEST}": CONFIG}}
    made.write(f"{ROOT}/image/overlay2/repositories.json", {"Repositories": names})
    return made


def test_a_container(tmp_path):
    """Name, image, digests, overlay, first process, privilege."""
    (found,) = docker.containers(node(tmp_path).host)
    told = found.workload

    assert (told.id, told.name, told.image, told.engine) == (ID, "web", "nginx:1", "docker")
    assert (told.digest, told.image_id, told.init_pid) == (MANIFEST, CONFIG, 77)
    assert told.upper == f"{ROOT}/overlay2/{LAYER}/diff"
    assert told.merged == f"{ROOT}/overlay2/{LAYER}/merged"
    assert told.labels == (("k", "v"),)
    assert told.privileged
    assert told.complete


def test_a_container_of_the_containerd_store(tmp_path):
    """The image is named by its manifest, the overlay is found in the process's mounts."""
    made = node(tmp_path, Driver="overlayfs", Image=MANIFEST, ImageManifest={"digest": MANIFEST})
    root = "9 8 0:9 / / rw - overlay overlay rw,upperdir=/snap/9/fs\n"
    made.write("/proc/77/mountinfo", root)
    (found,) = docker.containers(made.host)
    assert (found.workload.digest, found.workload.image_id) == (MANIFEST, "")
    assert found.workload.upper == "/snap/9/fs"


def test_a_built_image(tmp_path):
    """Nobody knows the manifest of an image that was never pulled."""
    made = node(tmp_path)
    made.write(f"{ROOT}/image/overlay2/repositories.json", {"Repositories": {}})
    (found,) = docker.containers(made.host)
    assert (found.workload.digest, found.workload.image_id) == ("", CONFIG)


def test_what_is_damaged_or_absent(tmp_path):
    """No container comes of half a file; what is beside it may be missing."""
    made = node(tmp_path)
    made.write(f"{ROOT}/containers/{OTHER}/config.v2.json", '{"ID": ')
    made.write(f"{ROOT}/containers/{ID}/hostconfig.json", "{")
    made.write(f"{ROOT}/image/overlay2/repositories.json", "{")
    made.write(f"{ROOT}/image/overlay2/layerdb/mounts/{ID}/mount-id", "../../../etc")
    (found,) = docker.containers(made.host)
    assert (found.workload.digest, found.workload.upper, found.workload.merged) == ("", "", "")
    assert not found.workload.privileged
    assert docker.describe(made.host, "none", "") is None


def test_another_root(tmp_path):
    """The daemon's folder may lie elsewhere."""
    made = Node(tmp_path, PRATIQUE_DOCKER_ROOT="/data")
    made.write(f"/data/containers/{ID}/config.v2.json", CONTAINER)
    assert docker.describe(made.host, ID, "") is not None


def test_nothing_to_follow(tmp_path):
    """Without a socket, or with one over the net, nothing is followed."""
    assert docker.follow(Node(tmp_path).host) is None
    assert docker.follow(Node(tmp_path, DOCKER_HOST="tcp://192.0.2.1:1").host) is None
