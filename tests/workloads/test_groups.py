"""Control groups are known by id in both hierarchies, and for a while after their end."""

from pratique.workloads.containers import GRACE_NS
from pratique.workloads.groups import Hierarchy, hierarchies
from tests.makers.node import Node


def test_the_hierarchies(tmp_path):
    """Version 2 has number 0; that of pids is the kernel's."""
    node = Node(tmp_path)
    two, one = hierarchies(node.host)
    assert (two.mount, two.number) == ("/sys/fs/cgroup/unified", 0)
    assert (one.mount, one.number) == ("/sys/fs/cgroup/pids", 8)


def test_version_2_alone(tmp_path):
    """A hierarchy that is not mounted knows nothing, and nobody's number is its own."""
    node = Node(tmp_path)
    node.write("/proc/1/mountinfo", "34 25 0:30 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
    two, one = hierarchies(node.host)
    one.walk()
    assert (two.mount, one.mount, one.number, len(one)) == ("/sys/fs/cgroup", "", -1, 0)
    assert one.path(1) == ""


def test_a_walk(tmp_path):
    """Every folder is learnt; files of a group are none."""
    node = Node(tmp_path)
    root, _ = node.group("/")
    deep, _ = node.group("/a/b/c")
    node.write("/sys/fs/cgroup/unified/a/cgroup.procs", "")
    two, _ = hierarchies(node.host)
    two.walk()
    assert (two.path(deep), two.path(root)) == ("/a/b/c", "/")
    assert sorted(two.paths()) == ["/", "/a", "/a/b", "/a/b/c"]


def test_birth_and_death(tmp_path):
    """A dead group is remembered until its time has come, unless its number lives again."""
    two = Hierarchy(Node(tmp_path).host, "/sys/fs/cgroup/unified", 0)
    two.born(7, "/a")
    two.born(8, "/b")
    assert two.gone(7, 5) == "/a"
    assert two.gone(8, 5) == "/b"
    assert two.gone(9, 5) == ""
    two.born(8, "/c")

    assert not two.forget(4 + GRACE_NS)
    assert two.path(7) == "/a"
    assert two.forget(5 + GRACE_NS)
    assert (two.path(7), two.path(8)) == ("", "/c")


def test_bounds(tmp_path):
    """Dead groups go first, then the oldest; counted. A walk ends at the bound."""
    node = Node(tmp_path)
    two = Hierarchy(node.host, "/sys/fs/cgroup/unified", 0, most=2)
    two.born(7, "/a")
    two.born(8, "/b")
    two.gone(8, 0)
    two.born(9, "/c")
    assert (two.path(7), two.path(8), two.path(9)) == ("/a", "", "/c")
    two.born(10, "/d")
    assert (two.path(7), two.evicted) == ("", 2)

    for name in "xyz":
        node.group(f"/{name}")
    small = Hierarchy(node.host, "/sys/fs/cgroup/unified", 0, most=2)
    small.walk()
    assert len(small) == 2
