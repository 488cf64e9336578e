"""Pods are known over any engine, and by the kubelet's names where no engine can be read."""

from pratique.workloads import kubernetes
from tests.makers.node import CONFIG, ID, OTHER, POD_UID, Node

PATH = f"/kubepods/burstable/pod{POD_UID}/{ID}"
LOG = f"/var/log/containers/web-0_shop_nginx-{ID}.log"


def test_over_an_engine(tmp_path):
    """The engine knows the container, the kubelet's names its pod."""
    made = Node(tmp_path)
    container = {"ID": ID, "Image": CONFIG, "Config": {"Image": "nginx:1"}, "State": {"Pid": 7}}
    made.write(f"/var/lib/docker/containers/{ID}/config.v2.json", container)
    made.write(LOG, "")
    found = kubernetes.describe(made.host, ID, PATH)

    assert found is not None
    assert (found.engine, found.image, found.init_pid) == ("docker", "nginx:1", 7)
    assert (found.pod, found.namespace, found.name) == ("web-0", "shop", "nginx")


def test_without_an_engine(tmp_path):
    """Names alone make a workload that is not whole."""
    made = Node(tmp_path)
    assert kubernetes.describe(made.host, ID, PATH) is None
    made.write(LOG, "")
    found = kubernetes.describe(made.host, ID, PATH)
    assert found is not None
    assert (found.engine, found.pod, found.complete) == ("kubernetes", "web-0", False)
    assert list(kubernetes.containers(made.host)) == []


def test_events(tmp_path):
    """The kubelet's names are compared where there is a kubelet."""
    made = Node(tmp_path)
    assert kubernetes.follow(made.host) is None
    made.write(LOG, "")
    follower = kubernetes.follow(made.host)
    assert follower is not None
    made.write(LOG.replace(ID, OTHER), "")
    made.write("/var/log/containers/foreign.log", "")
    assert [event.id for event in follower.poll()] == [OTHER]
