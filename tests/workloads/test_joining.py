"""An event has its process, workload, user and the name of its other end, as of its moment."""

import pytest
from msgspec.structs import replace

from pratique.kit import registry
from pratique.model.observation import (
    CgroupChanged,
    Executed,
    LoggedIn,
    Observation,
    Opened,
    Resolved,
    SocketUsed,
)
from pratique.workloads._storage import SYSTEM
from pratique.workloads.containers import Containers
from pratique.workloads.index import UNKNOWN, Index
from pratique.workloads.joining import Joiner
from pratique.workloads.names import Names
from pratique.workloads.processes import ProcessTable
from pratique.workloads.users import Users
from tests.makers.node import ID, LAYER, LIBPOD, Node, storage

OTHER = "b" * 64
NOW = 5_000_000_000_000


@pytest.fixture
def joiner(tmp_path):
    """Return the joiner of a node on which nothing runs yet, and the node."""
    node = Node(tmp_path)
    node.write("/etc/passwd", "root:x:0:0::/:/bin/sh\nann:x:1000:1000::/:/bin/sh\n")
    index = Index(node.host, registry.load("workloads"), Containers())
    index.scan()
    storage(node, SYSTEM.graph, SYSTEM.run, **LIBPOD)
    processes = ProcessTable(node.host, 0)
    return Joiner(index, processes, "node-1", Names(), Users(node.host)), node


def said(kind, act, pid=70, **more):
    """Return an observation."""
    return Observation(kind, act, NOW, pid, pid, **more)


def test_a_container_from_its_birth(joiner):
    """The birth of its group, then its first execution: all is known."""
    join, _ = joiner
    birth = CgroupChanged(f"/libpod_parent/libpod-{ID}", 900, 8)
    run = Executed("/bin/sh", ("sh",))
    events = list(
        join.join_all(
            [
                said("cgroup_mkdir", birth, 5),
                said("execve", run, cgroup=1, cgroup_v1=900, comm="sh"),
            ]
        )
    )

    workload = events[1].workload
    assert workload is not None
    assert (workload.name, events[1].process.path, events[1].node) == ("web", "/bin/sh", "node-1")


def monitor(name="early"):
    """Return how a monitor is begun, at a moment at which no file tells of its container."""
    return Executed("/usr/bin/conmon", ("conmon", "-c", OTHER, "-n", name))


def test_a_container_whose_files_are_gone_already(joiner):
    """Its monitor told its name before it was made; one inside a container is not believed."""
    join, _ = joiner
    birth = CgroupChanged(f"/libpod_parent/libpod-{OTHER}", 901, 8)
    inside = {"cgroup": 1, "cgroup_v1": 901}
    begun = said("execve", monitor(), 6, cgroup=1, cgroup_v1=1, comm="conmon")
    liar = said("execve", monitor("liar"), 7, comm="conmon", **inside)
    list(join.join_all([begun, said("cgroup_mkdir", birth, 5)]))
    shell = said("execve", Executed("/bin/sh", ("sh",)), comm="sh", **inside)
    event, _, after = join.join_all([shell, liar, shell])

    assert event.workload.name == "early"
    assert after.workload.name == "early"


def test_users(joiner):
    """The node's users on the node."""
    join, node = joiner
    root_two, _ = node.group("/")
    event = join.join(said("execve", Executed("/bin/sh"), uid=1000, cgroup=root_two))
    assert (event.workload, event.user) == (None, "ann")
    again = join.join(said("execve", Executed("/bin/sh"), uid=0, cgroup=root_two))
    assert again.user == "root"


def test_names(joiner):
    """An address is called what the same control group was told."""
    join, _ = joiner
    join.join(said("dns", Resolved("a.example", answers=("192.0.2.1",), response=True), cgroup=7))
    connect = SocketUsed(3, 2, remote_address="192.0.2.1", remote_port=443)
    assert join.join(said("connect", connect, cgroup=7)).remote_name == "a.example"
    assert join.join(said("connect", connect, cgroup=8)).remote_name == ""
    assert join.join(said("socket", SocketUsed(3, 2), cgroup=7)).remote_name == ""
    accepted = SocketUsed(4, 2, local_address="192.0.2.1", remote_address="192.0.2.7")
    event = join.join(said("accept", accepted, cgroup=7))
    assert (event.local_name, event.remote_name) == ("a.example", "")


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("../../etc/x", "/etc/x"),
        ("x", "/srv/www/x"),
        ("//etc/../../x", "/x"),
        ("/etc/x", "/etc/x"),
        ("", ""),
    ],
)
def test_an_open_that_failed(joiner, given, path):
    """It has the path that it would have had, by the folder of its process."""
    join, _ = joiner
    join.join(said("execve", Executed("/bin/sh", ("sh",), directory="/srv/www"), cgroup=7))
    seen = said("openat", Opened(given, given=given), cgroup=7, result=-2)
    act = join.join(seen).observation.act
    assert (act.path, act.given) == (path, given)
    found = said("openat", Opened("/a/x", fd=3, given="x"), cgroup=7, result=3)
    assert join.join(found).observation == found


def test_who_logged_in(joiner):
    """Their name is the node's, for a process of a container too."""
    join, _ = joiner
    birth = CgroupChanged(f"/libpod_parent/libpod-{ID}", 900, 8)
    join.join(said("cgroup_mkdir", birth, 5))
    run = Executed("/bin/sh", ("sh",), login_uid=1000)
    event = join.join(said("execve", run, cgroup=1, cgroup_v1=900))
    assert event.workload is not None
    assert event.login_user == "ann"
    assert join.join(said("execve", Executed("/bin/sh"), 71, cgroup_v1=900)).login_user == ""


def test_the_nodes_own_happenings(joiner):
    """What no process did is the node's."""
    join, _ = joiner
    for pid in (0, 70):
        event = join.join(said("login", LoggedIn("ann"), pid))
        assert event.workload is None
        assert event.node == "node-1"


def test_a_process_of_no_known_group(joiner):
    """Whose it is, nobody knows: it is not said to be the node's."""
    join, _ = joiner
    assert join.join(said("execve", Executed("/bin/sh"))).workload == UNKNOWN


def test_what_its_engine_tells_later(joiner):
    """An event joined again knows it; who is another container by then, or nobody's, does not change it."""
    join, node = joiner
    birth = CgroupChanged(f"/libpod_parent/libpod-{OTHER}", 901, 8)
    join.join(said("cgroup_mkdir", birth, 5))
    run = said("execve", Executed("/bin/sh", ("sh",)), uid=1000, cgroup=1, cgroup_v1=901)
    event = join.join(run)
    assert (event.workload.name, event.workload.complete, event.user) == ("", False, "")
    assert join.anew(event, NOW) is event

    storage(node, SYSTEM.graph, SYSTEM.run, OTHER, **LIBPOD)
    merged = f"{SYSTEM.graph}/overlay/{LAYER}/merged"
    node.write(f"{merged}/etc/passwd", "app:x:1000:1000::/:/bin/sh\n")
    join.index.poll(NOW + 1_000_000_000)
    later = join.anew(event, NOW + 1_000_000_000)
    assert (later.workload.name, later.user) == ("web", "app")
    assert (later.process, later.observation) == (event.process, event.observation)

    mine = replace(event, workload=replace(event.workload, id=ID))
    assert join.anew(mine, NOW) is mine
    nodes = replace(event, workload=None)
    assert join.anew(nodes, NOW) is nodes
