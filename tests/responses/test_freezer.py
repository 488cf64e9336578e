"""Only a control group that bears the container's id is frozen."""

import os
from pathlib import Path

import pytest

from pratique.responses._freezer import freeze
from pratique.responses.interface import Unable
from pratique.responses.node import Running
from tests.conftest import missing

ID = "a" * 64
MOUNTS = (
    "37 31 0:34 / {0}/v1 rw - cgroup cgroup rw,freezer\n41 31 0:38 / {0}/v2 rw - cgroup2 x rw\n"
)


class FakeNode:
    """One process in the groups given."""

    def __init__(self, groups, mounts):
        self.groups, self.mounts = groups, mounts

    def running(self, pid):
        """Return it."""
        return Running(pid, "x", 1, 0, False, self.groups)


@pytest.fixture
def tree(tmp_path):
    """Make two hierarchies, whose files do at once what is written to them."""
    (tmp_path / "mounts").write_text(MOUNTS.format(tmp_path))
    for version in ("v1", "v2"):
        (tmp_path / version / f"pod/libpod-{ID}/inner").mkdir(parents=True)
    return tmp_path


def test_version_1(tree) -> None:
    """The outermost group that bears the id, not one below it."""
    state = tree / f"v1/pod/libpod-{ID}/freezer.state"
    state.write_text("THAWED")
    node = FakeNode({"freezer": f"/pod/libpod-{ID}/inner"}, tree / "mounts")
    freeze(node, 5, ID)

    assert state.read_text() == "FROZEN"


def test_version_2(tree) -> None:
    """It is done when the kernel says so."""
    group = tree / f"v2/pod/libpod-{ID}"
    (group / "cgroup.freeze").write_text("0")
    (group / "cgroup.events").write_text("populated 1\nfrozen 1\n")
    words = freeze(FakeNode({"": f"/pod/libpod-{ID}"}, tree / "mounts"), 5, ID)

    assert (group / "cgroup.freeze").read_text() == "1"
    assert "cgroup.freeze" in words


@pytest.mark.parametrize(
    "groups", [{"freezer": "/"}, {"freezer": "/pod"}, {"": f"/../libpod-{ID}"}, {}]
)
def test_no_group_of_its_own(tree, groups) -> None:
    """A group that others share is never frozen."""
    for version in ("v1", "v2"):
        for folder, name in (("", "freezer.state"), ("pod", "freezer.state")):
            (tree / version / folder / name).write_text("THAWED")

    with pytest.raises(Unable):
        freeze(FakeNode(groups, tree / "mounts"), 5, ID)
    assert {path.read_text() for path in tree.rglob("freezer.state")} == {"THAWED"}


def test_a_real_group() -> None:
    """The kernel of this machine freezes a process of ours."""
    from pratique.responses.node import Node
    from tests.makers.responses import sleeper

    place = "/sys/fs/cgroup/freezer"
    if not os.access(f"{place}/cgroup.procs", os.W_OK):
        missing("freezer", "no hierarchy of version 1 that we may use")
    group = f"{place}/libpod-{ID}"
    Path(group).mkdir()
    try:
        with sleeper() as child:
            with open(f"{group}/cgroup.procs", "w") as members:
                members.write(str(child.pid))
            freeze(Node(), child.pid, ID)
            with open(f"{group}/freezer.state") as state:
                assert state.read().strip() == "FROZEN"
            Path(f"{group}/freezer.state").write_text("THAWED")
            child.kill()
            child.wait(10)
    finally:
        Path(group).rmdir()
