"""Only groups that bear the container's id are the container's; the root is the node's."""

import pytest

from pratique.responses._groups import Groups, groups_of
from pratique.responses.interface import Unable
from pratique.responses.node import Node
from tests.makers.alerts import CONTAINER
from tests.makers.responses import INIT, node_tree


def inode(place):
    return place.stat().st_ino


def test_both_hierarchies(tmp_path) -> None:
    """The outermost folder that bears the id, whatever is nested inside."""
    found = groups_of(Node(node_tree(tmp_path)), INIT, CONTAINER)
    own = f"box/libpod-{CONTAINER}"

    assert found == Groups(inode(tmp_path / "v2" / own), inode(tmp_path / "v1" / own))


@pytest.mark.parametrize("root", ["/", "/box", f"/../libpod-{CONTAINER}"])
def test_a_hierarchy_that_the_container_shares(tmp_path, root) -> None:
    """A runtime of version 1 leaves it in the root of version 2: that is the node, and is left alone."""
    proc = node_tree(tmp_path, v2="/x")
    groups = proc / str(INIT) / "cgroup"
    groups.write_text(groups.read_text().replace("0::/x", f"0::{root}"))
    found = groups_of(Node(proc), INIT, CONTAINER)

    assert found.cgroup == 0
    assert found.cgroup_v1


def test_none_of_its_own(tmp_path) -> None:
    """It is said; another container's groups are none."""
    node = Node(node_tree(tmp_path))
    for pid, container in ((INIT, "d" * 64), (INIT, ""), (0, ""), (0, "d" * 64), (78, "box")):
        with pytest.raises(Unable):
            groups_of(node, pid, container)


@pytest.mark.parametrize("pid", [0, 78])
def test_a_process_that_is_gone(tmp_path, pid) -> None:
    """A drifted program ends within a moment: its container is found by its id all the same."""
    node = Node(node_tree(tmp_path))
    (tmp_path / "v2/box" / f"libpod-{CONTAINER}" / CONTAINER).mkdir()

    assert groups_of(node, pid, CONTAINER) == groups_of(node, INIT, CONTAINER)


def test_a_neighbours_name_inside_a_container(tmp_path) -> None:
    """A container may call its groups as it likes: no measure against its neighbour finds them, nor it."""
    other = "d" * 64
    node = Node(node_tree(tmp_path, v1=f"/box/libpod-{CONTAINER}/libpod-{other}"))
    for version in ("v1", "v2"):
        (tmp_path / version / "box" / f"libpod-{CONTAINER}" / f"libpod-{other}").mkdir(
            exist_ok=True
        )
    running = node.running(INIT)

    assert running.belongs_to(CONTAINER)
    assert not running.belongs_to(other)
    for pid in (INIT, 0):
        with pytest.raises(Unable):
            groups_of(node, pid, other)


def test_a_monitor_beside_its_container(tmp_path) -> None:
    """Its group bears the container's id too, and may stand before it: it is not the container's."""
    node = Node(node_tree(tmp_path))
    for version in ("v1", "v2"):
        (tmp_path / version / "box" / f"aaa-conmon-{CONTAINER}.scope").mkdir()

    assert groups_of(node, 0, CONTAINER) == groups_of(node, INIT, CONTAINER)
