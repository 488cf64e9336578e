"""The writable folder of a container stands in the node's mounts, or in its own."""

from pratique.workloads._mounts import upper_of_container
from tests.makers.node import Node

LINE = "9 8 0:9 / {} rw - overlay overlay rw,upperdir={}\n"


def test_where_it_stands(tmp_path):
    """The node's mounts are asked first; a root that is no overlay has none."""
    node = Node(tmp_path)
    node.write("/proc/1/mountinfo", LINE.format("/m", "/node") + LINE.format("/", "/wrong"))
    node.write("/proc/7/mountinfo", LINE.format("/", "/own"))

    assert upper_of_container(node.host, 7, "/m") == "/node"
    assert upper_of_container(node.host, 7, "/other") == "/own"
    assert upper_of_container(node.host, 7, "") == "/own"
    assert upper_of_container(node.host, 0, "") == ""
    assert upper_of_container(node.host, 8, "/other") == ""
