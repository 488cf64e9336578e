"""What a runtime's state says of a container, with its bundle where that can be read."""

from pratique.formats.runtime.runtime_state import RuntimeState
from pratique.workloads._runtime import workload
from tests.makers.node import Node


def test_names_and_privilege(tmp_path):
    """The bundle's annotations name image and container."""
    node = Node(tmp_path)
    said = {
        "io.kubernetes.container.name": "nginx",
        "org.opencontainers.image.ref.name": "web:1",
        "io.podman.annotations.privileged": "true",
    }
    node.write("/b/config.json", {"annotations": said})
    told = workload(node.host, "runc", RuntimeState(id="x" * 99, bundle="/b"))
    assert (told.name, told.image, told.privileged) == ("nginx", "web:1", True)


def test_a_bundle_that_is_no_path(tmp_path):
    """A relative bundle is not looked for, and a name is cut."""
    node = Node(tmp_path)
    node.write("/config.json", {"annotations": {"io.kubernetes.container.name": "wrong"}})
    told = workload(node.host, "crun", RuntimeState(id="x" * 99, bundle=""))
    assert told.name == "x" * 64
