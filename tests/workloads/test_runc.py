"""Containers of runc alone are known by its state: control groups, first process, root, mounts."""

from pratique.model.workload import BindMount
from pratique.workloads import runc
from tests.makers.node import Node

STATE = {
    "id": "web",
    "init_process_pid": 77,
    "cgroup_paths": {"pids": "/sys/fs/cgroup/pids/odd/place"},
    "config": {"rootfs": "/srv/web/rootfs", "labels": ["bundle=/srv/web"]},
}


def node(tmp_path, state=STATE):
    """Return a node with one container of runc."""
    made = Node(tmp_path)
    made.write("/run/runc/web/state.json", state)
    mounts = [{"destination": "/d", "type": "bind", "source": "/srv"}]
    made.write("/srv/web/config.json", {"mounts": mounts})
    return made


def test_a_container(tmp_path):
    """The bundle adds mounts; no runtime knows an image."""
    (found,) = runc.containers(node(tmp_path).host)

    assert found.cgroups == ("/odd/place",)
    told = found.workload
    assert (told.id, told.name, told.engine, told.init_pid) == ("web", "web", "runc", 77)
    assert (told.merged, told.mounts) == ("/srv/web/rootfs", (BindMount("/srv", "/d"),))
    assert (told.image, told.digest) == ("", "")


def test_what_is_damaged(tmp_path):
    """Half a state is none; a damaged bundle leaves what the state says."""
    made = node(tmp_path)
    made.write("/srv/web/config.json", "{")
    found = runc.describe(made.host, "web", "")
    assert found is not None
    assert found.mounts == ()
    made.write("/run/runc/web/state.json", "{")
    assert runc.describe(made.host, "web", "") is None
    assert list(runc.containers(made.host)) == []


def test_events(tmp_path):
    """The folders of states are compared, those below containerd too."""
    made = node(tmp_path)
    follower = runc.follow(made.host)
    made.write("/run/containerd/runc/k8s.io/c2/state.json", STATE)
    assert [event.id for event in follower.poll()] == ["c2"]
