"""A destination is blocked for the container's own groups, or it is said why not."""

import pytest
from msgspec.structs import replace

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import block_destination as unit
from pratique.responses._groups import groups_of
from pratique.responses.node import Node
from tests.makers.alerts import CONTAINER, WORKLOAD, alert
from tests.makers.responses import INIT, Remembering, means, node_tree, order

INSIDE = replace(WORKLOAD, init_pid=INIT)
TOLD = alert(workload=INSIDE, remote_address="203.0.113.7", remote_port=443, cgroup=1, cgroup_v1=2)


def test_the_containers_own_groups(tmp_path) -> None:
    """Not those that the alert names, which may be the root's."""
    blocker, proc = Remembering(), node_tree(tmp_path)
    groups = groups_of(Node(proc), INIT, CONTAINER)
    done = unit.act(TOLD, order("block-destination"), means(blocker=blocker, proc=proc))

    assert done.outcome is Outcome.DONE, done.detail
    assert done.target == "203.0.113.7:443"
    assert blocker.asked == [("deny", groups.cgroup, groups.cgroup_v1, "203.0.113.7", 443)]


@pytest.mark.parametrize(
    ("told", "blocker", "words"),
    [
        (TOLD, None, "no sensor"),
        (alert(workload=INSIDE), Remembering(), "no address"),
        (alert(workload=None, remote_address="::1"), Remembering(), "not about a container"),
        (
            alert(workload=replace(INSIDE, id="d" * 64), remote_address="::1"),
            Remembering(),
            "control group",
        ),
        (TOLD, Remembering(CapabilityError("no maps")), "no maps"),
    ],
)
def test_why_not(tmp_path, told, blocker, words) -> None:
    """A failure with its reason, never a silent success."""
    proc = node_tree(tmp_path)
    done = unit.act(told, order("block-destination"), means(blocker=blocker, proc=proc))

    assert done.outcome is Outcome.FAILED
    assert words in done.detail
