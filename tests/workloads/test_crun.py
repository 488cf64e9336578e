"""Containers of crun alone are known by its status."""

from pratique.workloads import crun
from tests.makers.node import Node

STATUS = {"pid": 77, "cgroup-path": "/odd/place", "bundle": "/srv/web", "rootfs": "/srv/web/rootfs"}


def test_a_container(tmp_path):
    """Its folder is its id."""
    made = Node(tmp_path)
    made.write("/run/crun/web/status", STATUS)
    (found,) = crun.containers(made.host)
    assert found.cgroups == ("/odd/place",)
    assert (found.workload.id, found.workload.init_pid) == ("web", 77)
    assert crun.describe(made.host, "none", "") is None


def test_what_is_damaged(tmp_path):
    """Half a status is none."""
    made = Node(tmp_path)
    made.write("/run/crun/web/status", "{")
    assert list(crun.containers(made.host)) == []


def test_events(tmp_path):
    """The folders of statuses are compared."""
    made = Node(tmp_path)
    follower = crun.follow(made.host)
    made.write("/run/crun/web/status", STATUS)
    assert [event.id for event in follower.poll()] == ["web"]
