"""Pods of a real containerd are known by its files and through Kubernetes' interface, both alike."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from pratique.formats.protobuf import fields, written
from pratique.formats.runtime.cri import LIST_CONTAINERS
from pratique.kit import registry
from pratique.kit.grpc import Grpc, GrpcError
from pratique.model.workload import PodFacts
from pratique.workloads.asking import Asking
from pratique.workloads.containers import Containers
from pratique.workloads.cri_server import CriServer
from pratique.workloads.host import Host
from pratique.workloads.index import Index
from tests.conftest import missing
from tests.e2e.engines import process, shell_files, wait_for
from tests.makers.cri import pairs
from tests.makers.image import archive, as_json, sha256
from tests.makers.node import POD_UID

pytestmark = pytest.mark.e2e

IMAGE = "localhost/pause:1"
SERVICE = "/runtime.v1.RuntimeService/"
NODE = 2
"""NamespaceMode NODE: no network of its own, so that no plugin for networks is needed."""
ABOVE = f"/pq-{os.getpid()}"
"""A group of the test's own: a kubelet ends what it does not know below its own ``kubepods``."""
LABELS = {"app": "web", "tier": "front"}
CONFIG = """\
version = 2
root = "{folder}/root"
state = "{folder}/state"
[grpc]
address = "{folder}/c.sock"
[ttrpc]
address = "{folder}/t.sock"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{image}"
disable_apparmor = true
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{folder}/none"
conf_dir = "{folder}/none"
"""


class Pods:
    """An engine of the test's own, asked as a kubelet asks it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = Grpc(folder / "c.sock", 60)
        self.made: list[str] = []

    def ask(self, method: str, *told) -> dict[int, bytes]:
        """Return the fields of the answer."""
        return dict(fields(self.calls.call(SERVICE + method, written(*told))))

    def run(self, name: str, parent: str) -> tuple[str, str]:
        """Start a pod with one container below a control group; return both ids."""
        namespaces = written((1, NODE), (2, NODE), (3, NODE))
        linux = written((1, parent), (2, written((1, namespaces))))
        about = written((1, name), (2, POD_UID), (3, "shop"))
        pod = written((1, about), *pairs(6, LABELS), (8, linux))
        sandbox = self.ask("RunPodSandbox", (1, pod))[1].decode()
        self.made.append(sandbox)
        # The kubelet's own labels are what others know a container by.
        labels = pairs(9, {"io.kubernetes.container.name": "main"})
        image = written((1, IMAGE))
        command = ((3, "/bin/sleep"), (3, "600"))
        asked = written((1, written((1, "main"))), (2, image), *command, *labels, (15, b""))
        made = self.ask("CreateContainer", (1, sandbox), (2, asked), (3, pod))[1].decode()
        self.ask("StartContainer", (1, made))
        return sandbox, made

    def close(self) -> None:
        """Remove all pods."""
        try:
            for sandbox in self.made:
                self.ask("StopPodSandbox", (1, sandbox))
                self.ask("RemovePodSandbox", (1, sandbox))
        finally:
            self.calls.close()
        for place in sorted(Path("/sys/fs/cgroup").glob(f"*{ABOVE}/**/"), reverse=True):
            with suppress(OSError):
                place.rmdir()


@pytest.fixture(scope="module")
def pods(need, short_folder):
    """Give a containerd with Kubernetes' interface and one image."""
    program, ctr, busybox = need("containerd"), need("ctr"), need("busybox")
    need("runc")
    if os.geteuid():
        missing("containerd", "it needs root")
    folder = short_folder
    (folder / "config.toml").write_text(CONFIG.format(folder=folder, image=IMAGE))
    _image(folder, busybox)
    with process([program, "-c", str(folder / "config.toml")], folder / "log", os.environ):
        engine = Pods(folder)

        def answers() -> bool:
            try:
                engine.calls.call(LIST_CONTAINERS, b"")
            except GrpcError:
                return False
            return True

        wait_for("containerd", answers)
        ask = [ctr, "-a", str(folder / "c.sock"), "-n", "k8s.io", "image", "import"]
        subprocess.run([*ask, str(folder / "image.tar")], check=True, capture_output=True)
        try:
            yield engine
        finally:
            engine.close()


def _image(folder: Path, busybox: str) -> None:
    """Write an image that sleeps, also as the container that holds a pod open."""
    files = shell_files(Path(busybox))
    settings = {
        "architecture": {"x86_64": "amd64", "aarch64": "arm64"}.get(os.uname().machine, ""),
        "os": "linux",
        "config": {"Entrypoint": ["/bin/sleep", "600"]},
        "rootfs": {"type": "layers", "diff_ids": [sha256(files)]},
    }
    manifest = [{"Config": "config.json", "RepoTags": [IMAGE], "Layers": ["layer.tar"]}]
    members = {
        "config.json": as_json(settings),
        "layer.tar": files,
        "manifest.json": as_json(manifest),
    }
    archive(folder / "image.tar", members)


def index_of(folder: Path, *servers: Asking, **more: str) -> Index:
    """Return the index of this machine after its first look."""
    made = Index(Host("/", more), registry.load("workloads"), Containers())
    made.listen(servers)
    made.scan()
    return made


@pytest.mark.parametrize(
    ("parent", "between"),
    [
        (f"{ABOVE}/kubepods/burstable/pod{POD_UID}", "/"),
        # systemd's form handed to a runtime that makes plain folders.
        (f"/kubepods-burstable-pod{POD_UID.replace('-', '_')}.slice", ":cri-containerd:"),
    ],
    ids=["folders", "slice"],  # the first holds this process's own number
)
def test_a_pod(pods, parent, between):
    """By its files: pod, namespace, uid, container, image, digests, labels of the pod."""
    sandbox, made = pods.run(f"web-{len(pods.made)}", parent)
    index = index_of(
        pods.folder,
        PRATIQUE_CONTAINERD_STATE=f"{pods.folder}/state",
        PRATIQUE_CONTAINERD_ROOT=f"{pods.folder}/root",
    )
    status = dict(fields(pods.ask("ContainerStatus", (1, made), (2, 1))[1]))
    pod, found = (index.of_path(f"{parent}{between}{one}") for one in (sandbox, made))

    assert found is not None
    assert pod is not None
    assert (found.id, found.name, found.image) == (made, "main", IMAGE)
    assert (found.pod, found.namespace, found.pod_uid) == (pod.pod, "shop", POD_UID)
    assert found.image_id == status[9].decode()
    assert found.digest.startswith("sha256:")
    assert found.pod_facts == PodFacts(labels=tuple(sorted(LABELS.items())), sandbox=sandbox)
    assert pod.pod_facts == found.pod_facts
    assert pod.name == "POD"
    group = Path(f"/proc/{found.init_pid}/cgroup").read_text()
    assert f"{parent}{between}{made}" in group
    assert found.complete


def test_a_pod_whose_files_cannot_be_read(pods):
    """The engine is asked, and says the same but for what lies in its folders."""
    parent = f"{ABOVE}/kubepods/besteffort/pod{POD_UID}"
    sandbox, made = pods.run(f"asked-{len(pods.made)}", parent)
    asking = Asking(CriServer(Grpc(pods.folder / "c.sock")))
    index = index_of(pods.folder, asking)
    try:

        def known() -> bool:
            index.poll(time.time_ns())
            found = index.of_path(f"{parent}/{made}")
            return found is not None and found.complete

        wait_for("the engine's word", known)
        found = index.of_path(f"{parent}/{made}")
        assert found is not None
        assert (found.id, found.name, found.image) == (made, "main", IMAGE)
        assert (found.namespace, found.pod_uid) == ("shop", POD_UID)
        assert found.pod.startswith("asked-")
        assert found.pod_facts == PodFacts(labels=tuple(sorted(LABELS.items())), sandbox=sandbox)
        assert f"{parent}/{made}" in Path(f"/proc/{found.init_pid}/cgroup").read_text()
        assert index.silent() == ()
    finally:
        index.close()
