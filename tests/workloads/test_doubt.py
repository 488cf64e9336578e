"""Groups that bear no name are found by runtimes' states, each of which is read once."""

from pratique.kit import registry
from pratique.workloads._doubt import BY_STATE, GroupsOfRuntimes
from pratique.workloads.containerd import tasks
from tests.makers.node import ID, OTHER, Counting, Node

ENGINES = list(registry.load("workloads").values())
TASKS = "/run/containerd/io.containerd.runtime.v2.task/odd"


def bundle(node, identity, group):
    """Write a container of containerd."""
    node.write(f"{TASKS}/{identity}/config.json", {"linux": {"cgroupsPath": group}})


def test_each_runtime(tmp_path):
    """By its bundle containerd, runc and crun by their states; groups below belong to it."""
    node = Node(tmp_path)
    bundle(node, ID, "/odd/one")
    state = {"id": "r1", "cgroup_paths": {"pids": "/sys/fs/cgroup/pids/two"}}
    node.write("/run/runc/r1/state.json", state)
    node.write("/run/crun/c1/status", {"pid": 7, "cgroup-path": "/three"})
    groups = GroupsOfRuntimes(node.host, ENGINES)
    assert groups.find("/odd/one") is None
    groups.refresh()

    found = [groups.find(path) for path in ("/odd/one/below/it", "/two", "/three/x", "/odd", "/")]
    assert [one and (one[0].NAME, *one[1:]) for one in found] == [
        ("containerd", ID, "/odd/one"),
        ("runc", "r1", "/two"),
        ("crun", "c1", "/three"),
        None,
        None,
    ]


def test_a_state_is_read_once(tmp_path):
    """Also one that names no path; one that was being written is read again, one that went is not."""
    node = Node(tmp_path)
    bundle(node, ID, "/odd/one")
    bundle(node, "named", "x.slice:cri:1")
    node.write(f"{TASKS}/{OTHER}/config.json", "{")
    host = Counting(node.host)
    groups = GroupsOfRuntimes(host, ENGINES)
    groups.refresh()
    assert len(host.reads) == 3
    groups.refresh()
    assert len(host.reads) == 4
    bundle(node, OTHER, "/odd/two")
    groups.refresh()
    groups.refresh()
    assert len(host.reads) == 5
    assert groups.find("/odd/two")[1] == OTHER

    (tmp_path / f"{TASKS[1:]}/{ID}/config.json").unlink()
    (tmp_path / f"{TASKS[1:]}/{ID}").rmdir()
    groups.refresh()
    assert groups.find("/odd/one") is None
    assert [identity for identity, _ in tasks(node.host)] == [OTHER, "named"]


def test_a_name_that_is_used_again(tmp_path):
    """Its folder is another one, and is read anew."""
    node = Node(tmp_path)
    bundle(node, "web", "/odd/one")
    groups = GroupsOfRuntimes(node.host, ENGINES)
    groups.refresh()
    place = tmp_path / f"{TASKS[1:]}/web"
    place.rename(tmp_path / "gone")
    bundle(node, "web", "/odd/two")
    groups.refresh()
    assert groups.find("/odd/one") is None
    assert groups.find("/odd/two")[1] == "web"


def test_every_engine_that_is_asked_can_answer():
    """Those that write groups down say where."""
    known = {one.NAME: one for one in ENGINES}
    for name in BY_STATE:
        assert callable(known[name].tasks)
        assert callable(known[name].cgroups)
