"""containerd's containers are known from its tasks and its metadata."""

import json
import os

import pytest

from pratique.formats.image.platforms import host_platform
from pratique.model.workload import PodFacts
from pratique.workloads import containerd
from tests.makers.bolt import bolt
from tests.makers.node import CONFIG, ID, MANIFEST, OTHER, POD_UID, Node

STATE = "/run/containerd/io.containerd.runtime.v2.task"
ROOT = "/var/lib/containerd"
INDEX = "sha256:" + "77" * 32
CRI = "io.kubernetes.cri."
HERE = host_platform(os.uname().machine)
DOCUMENT = {
    "schemaVersion": 2,
    "config": {
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": CONFIG,
        "size": 1,
    },
    "layers": [],
}


def node(tmp_path, target=MANIFEST, space="k8s.io", **annotations):
    """Return a node with one container of containerd."""
    made = Node(tmp_path)
    bundle = {
        "root": {"path": "rootfs"},
        "annotations": annotations,
        "linux": {"cgroupsPath": f"/{space}/{ID}"},
    }
    made.write(f"{STATE}/{space}/{ID}/config.json", bundle)
    made.write(f"{STATE}/{space}/{ID}/init.pid", "77")
    container = {b"image": b"docker.io/web:1", b"labels": {b"nerdctl/name": b"shop"}}
    database = {
        b"v1": {
            space.encode(): {
                b"containers": {ID.encode(): container},
                b"images": {b"docker.io/web:1": {b"target": {b"digest": target.encode()}}},
            }
        }
    }
    made.write(f"{ROOT}/io.containerd.metadata.v1.bolt/meta.db", bolt(database))
    mount = f"9 8 0:9 / {STATE}/{space}/{ID}/rootfs rw - overlay overlay rw,upperdir=/snap/2/fs\n"
    made.write("/proc/1/mountinfo", mount)
    return made


def blob(made, digest, document):
    """Put a document into the content store."""
    path = f"{ROOT}/io.containerd.content.v1.content/blobs/{digest.replace(':', '/')}"
    made.write(path, json.dumps(document))


def test_a_container_of_a_pod(tmp_path):
    """Kubernetes' interface notes whose it is."""
    said = {
        f"{CRI}container-type": "container",
        f"{CRI}container-name": "nginx",
        f"{CRI}image-name": "docker.io/web:1",
        f"{CRI}sandbox-name": "web-0",
        f"{CRI}sandbox-namespace": "shop",
        f"{CRI}sandbox-uid": POD_UID,
    }
    made = node(tmp_path, **said)
    blob(made, MANIFEST, DOCUMENT)
    (found,) = containerd.containers(made.host)
    told = found.workload

    assert found.cgroups == (f"/k8s.io/{ID}",)
    assert (told.name, told.pod, told.namespace, told.pod_uid) == (
        "nginx",
        "web-0",
        "shop",
        POD_UID,
    )
    assert (told.image, told.digest, told.image_id) == ("docker.io/web:1", MANIFEST, CONFIG)
    assert (told.upper, told.init_pid) == ("/snap/2/fs", 77)
    assert told.merged == f"{STATE}/k8s.io/{ID}/rootfs"
    assert told.complete


def test_the_container_of_the_pod_itself(tmp_path):
    """What holds a pod open is called as the kubelet calls it."""
    found = containerd.describe(node(tmp_path, **{f"{CRI}container-type": "sandbox"}).host, ID, "")
    assert found is not None
    assert found.name == "POD"


@pytest.mark.parametrize("space", ["default", "own"])
def test_other_namespaces(tmp_path, space):
    """The namespace is found; nerdctl's name is a name."""
    found = containerd.describe(node(tmp_path, space=space).host, ID, "")
    assert found is not None
    assert (found.name, found.digest) == ("shop", MANIFEST)


def test_an_index(tmp_path):
    """The manifest of this machine's platform is meant, not the index."""
    made = node(tmp_path, target=INDEX)
    kind = "application/vnd.oci.image.manifest.v1+json"
    entries = [
        {
            "mediaType": kind,
            "digest": digest,
            "size": 2,
            "platform": {"os": system, "architecture": one},
        }
        for digest, system, one in (
            ("sha256:" + "88" * 32, "plan9", "mips"),
            (MANIFEST, HERE.os, HERE.architecture),
        )
    ]
    blob(made, INDEX, {"schemaVersion": 2, "manifests": entries})
    found = containerd.describe(made.host, ID, "")
    assert found is not None
    assert (found.digest, found.image_id) == (MANIFEST, "")

    blob(made, INDEX, {"schemaVersion": 2, "manifests": entries[:1]})
    found = containerd.describe(made.host, ID, "")
    assert found is not None
    assert found.digest == INDEX


def test_what_is_damaged_or_absent(tmp_path):
    """Without metadata a container is there, and not whole; half a bundle is none."""
    made = node(tmp_path, target="../../etc/passwd")
    blob(made, MANIFEST, "damaged")
    found = containerd.describe(made.host, ID, "")
    assert found is not None
    assert found.image_id == ""
    made.write(f"{ROOT}/io.containerd.metadata.v1.bolt/meta.db", b"x" * 9000)
    found = containerd.describe(made.host, ID, "")
    assert found is not None
    assert not found.complete
    made.write(f"{STATE}/k8s.io/{ID}/config.json", "{")
    assert list(containerd.containers(made.host)) == []
    assert containerd.describe(made.host, "none", "") is None


def test_other_places(tmp_path):
    """State and root may lie elsewhere."""
    made = Node(tmp_path, PRATIQUE_CONTAINERD_STATE="/s", PRATIQUE_CONTAINERD_ROOT="/r")
    made.write(f"/s/io.containerd.runtime.v2.task/default/{ID}/config.json", {})
    assert containerd.describe(made.host, ID, "") is not None


def test_events(tmp_path):
    """A task that appears and one that vanishes are told."""
    made = node(tmp_path)
    follower = containerd.follow(made.host)
    made.write(f"{STATE}/default/c2/config.json", {})
    assert [(event.id, event.born) for event in follower.poll()] == [("c2", True)]
    for path in sorted((tmp_path / f"{STATE}/default".lstrip("/")).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert [(event.id, event.born) for event in follower.poll()] == [("c2", False)]
    assert follower.poll() == ()
    follower.close()


def test_the_pod_of_a_container(tmp_path):
    """Its sandbox bears the pod's labels; those of the engine and the kubelet are left out."""
    made = node(tmp_path, **{f"{CRI}container-name": "nginx", f"{CRI}sandbox-id": OTHER})
    sandbox = {b"app": b"web", b"io.cri-containerd.kind": b"sandbox"}
    held = {ID.encode(): {b"image": b"x"}, OTHER.encode(): {b"labels": sandbox}}
    database = bolt({b"v1": {b"k8s.io": {b"containers": held}}})
    made.write(f"{ROOT}/io.containerd.metadata.v1.bolt/meta.db", database)
    found = containerd.describe(made.host, ID, "")
    assert found is not None
    assert found.pod_facts == PodFacts(labels=(("app", "web"),), sandbox=OTHER)
