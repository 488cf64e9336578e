"""CRI-O's containers are known from the annotations of their bundles."""

import json

from pratique.model.workload import PodFacts
from pratique.workloads import cri_o
from pratique.workloads._storage import SYSTEM
from tests.makers.node import CONFIG, ID, MANIFEST, OTHER, POD_UID, Node, storage

SAYS = "io.kubernetes.cri-o."
SAID = {
    "io.container.manager": "cri-o",
    f"{SAYS}ContainerType": "container",
    f"{SAYS}ImageName": "quay.example/web:1",
    f"{SAYS}Labels": json.dumps({"app": "x"}),
    f"{SAYS}PrivilegedRuntime": "true",
    "io.kubernetes.container.name": "nginx",
    "io.kubernetes.pod.name": "web-0",
    "io.kubernetes.pod.namespace": "shop",
    "io.kubernetes.pod.uid": POD_UID,
}


def node(tmp_path, **more):
    """Return a node with one container of CRI-O."""
    made = Node(tmp_path)
    storage(made, SYSTEM.graph, SYSTEM.run, annotations={**SAID, **more})
    return made


def test_a_container(tmp_path):
    """Pod, namespace, names and image."""
    (found,) = cri_o.containers(node(tmp_path).host)
    told = found.workload

    assert (told.name, told.pod, told.namespace, told.pod_uid) == (
        "nginx",
        "web-0",
        "shop",
        POD_UID,
    )
    assert (told.image, told.digest, told.image_id) == ("quay.example/web:1", MANIFEST, CONFIG)
    assert (told.labels, told.init_pid) == ((("app", "x"),), 77)
    assert told.privileged
    assert told.complete


def test_the_container_of_the_pod_itself(tmp_path):
    """It is called as the kubelet calls it; labels that were cut are none."""
    more = {f"{SAYS}ContainerType": "sandbox", f"{SAYS}Labels": '{"app": '}
    found = cri_o.describe(node(tmp_path, **more).host, ID, "")
    assert found is not None
    assert (found.name, found.labels) == ("POD", ())


def test_others(tmp_path):
    """Podman's containers in the same storage, and unknown ids, are not CRI-O's."""
    made = node(tmp_path, **{"io.container.manager": "libpod"})
    assert list(cri_o.containers(made.host)) == []
    assert cri_o.describe(made.host, OTHER, "") is None


def test_events(tmp_path):
    """The folders of bundles are compared where CRI-O is at home."""
    made = node(tmp_path)
    assert cri_o.follow(made.host) is None
    made.write("/run/crio/crio.sock", "")
    follower = cri_o.follow(made.host)
    assert follower is not None
    made.write(f"{SYSTEM.run}/overlay-containers/{OTHER}/userdata/config.json", "{}")
    assert [event.id for event in follower.poll()] == [OTHER]


def test_the_pod_of_a_container(tmp_path):
    """Its sandbox bears the pod's labels and address."""
    sandbox = {
        "io.container.manager": "cri-o",
        f"{SAYS}ContainerType": "sandbox",
        f"{SAYS}SandboxID": OTHER,
        f"{SAYS}Labels": json.dumps({"app": "web", "io.kubernetes.pod.name": "web-0"}),
        f"{SAYS}IP.0": "10.0.0.7",
    }
    made = Node(tmp_path)
    storage(made, SYSTEM.graph, SYSTEM.run, annotations={**SAID, f"{SAYS}SandboxID": OTHER})
    lists = tmp_path / SYSTEM.graph[1:] / "overlay-containers/containers.json"
    held = json.loads(lists.read_text())
    storage(made, SYSTEM.graph, SYSTEM.run, OTHER, annotations=sandbox)
    lists.write_text(json.dumps([*held, *json.loads(lists.read_text())]))
    told = {one.workload.id: one.workload.pod_facts for one in cri_o.containers(made.host)}

    facts = PodFacts(labels=(("app", "web"),), sandbox=OTHER, address="10.0.0.7")
    assert told == {ID: facts, OTHER: facts}
