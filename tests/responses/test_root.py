"""A container's root is what its own processes have there."""

import pytest
from msgspec.structs import replace

from pratique.responses._root import Root, root_of
from pratique.responses.interface import Unable
from pratique.responses.node import Node
from tests.makers.alerts import CONTAINER, WORKLOAD
from tests.makers.responses import INIT, ROOT, node_tree

KNOWN = replace(WORKLOAD, init_pid=INIT)


def test_by_the_first_process(tmp_path) -> None:
    """The writable folder is the one that is mounted, whatever the engine's files say."""
    node = Node(node_tree(tmp_path), boot_ns=0)

    assert root_of(node, replace(KNOWN, upper="/other")) == Root(INIT, "0:51", "/u", first=True)


def test_by_any_process_of_its_group(tmp_path) -> None:
    """The engine may not have said yet which process is the first."""
    node = Node(node_tree(tmp_path), boot_ns=0)
    group = tmp_path / f"v1/box/libpod-{CONTAINER}/inner"
    (group / "cgroup.procs").write_text(f"0\n99999\n{INIT}\n")

    assert root_of(node, WORKLOAD).pid == INIT


@pytest.mark.parametrize("process", ["1", "self"])
def test_what_has_the_nodes_root_or_ours_is_no_process_of_it(tmp_path, process) -> None:
    """A runtime's helper is in the group before it is in the container."""
    proc = node_tree(tmp_path)
    (proc / process).mkdir(exist_ok=True)
    with (proc / process / "mountinfo").open("a") as file:
        file.write(ROOT.format(device="0:51"))

    with pytest.raises(Unable, match="no process"):
        root_of(Node(proc, boot_ns=0), KNOWN)


def test_the_last_mount_counts(tmp_path) -> None:
    """An overlay below it is not the root any more."""
    proc = node_tree(tmp_path)
    with (proc / str(INIT) / "mountinfo").open("a") as file:
        file.write("84 83 0:52 / / rw - tmpfs tmpfs rw\n")

    with pytest.raises(Unable, match="no overlay"):
        root_of(Node(proc, boot_ns=0), KNOWN)


def test_a_writable_folder_that_is_no_whole_path(tmp_path) -> None:
    """The engine's word is taken then."""
    proc = node_tree(tmp_path)
    text = ROOT.format(device="0:51").replace("upperdir=/u", "upperdir=l/u")
    (proc / str(INIT) / "mountinfo").write_text(text)

    assert root_of(Node(proc, boot_ns=0), replace(KNOWN, upper="/known")).upper == "/known"
