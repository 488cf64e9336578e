"""Executions are refused by what is there, or it is said that nothing is."""

import pytest
from msgspec.structs import replace

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import refuse_execution as unit
from tests.makers.alerts import CONTAINER, WORKLOAD, alert
from tests.makers.responses import INIT, Remembering, means, node_tree, order

TOLD = alert(workload=replace(WORKLOAD, init_pid=INIT), cgroup=1)


def test_by_what_means(tmp_path) -> None:
    """The means are named; the groups are the container's own."""
    refuser, proc = Remembering(), node_tree(tmp_path)
    done = unit.act(TOLD, order("refuse-execution"), means(refuser=refuser, proc=proc))
    ((what, container, cgroup, cgroup_v1),) = refuser.asked

    assert (done.outcome, done.detail) == (Outcome.DONE, "by a fake")
    assert (what, container) == ("refuse", CONTAINER)
    assert cgroup > 1
    assert cgroup_v1 > 1


@pytest.mark.parametrize(
    ("told", "refuser"),
    [
        (TOLD, None),
        (alert(workload=None), Remembering()),
        (alert(workload=replace(WORKLOAD, id="d" * 64, init_pid=78)), Remembering()),
        (TOLD, Remembering(CapabilityError("x"))),
    ],
)
def test_why_not(tmp_path, told, refuser) -> None:
    """A failure with its reason."""
    means_here = means(refuser=refuser, proc=node_tree(tmp_path))
    done = unit.act(told, order("refuse-execution"), means_here)

    assert done.outcome is Outcome.FAILED
    assert done.detail
