"""A container that cannot be cut off is said not to be."""

from msgspec.structs import replace

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import quarantine as unit
from tests.makers.alerts import WORKLOAD, alert
from tests.makers.responses import INIT, Remembering, means, node_tree, order

INSIDE = replace(WORKLOAD, init_pid=INIT)


def test_why_not() -> None:
    """No first process, or one that is gone, and no sensor: a failure."""
    for workload in (None, WORKLOAD, replace(WORKLOAD, init_pid=1 << 22)):
        done = unit.act(alert(workload=workload), order("quarantine"), means())

        assert done.outcome is Outcome.FAILED
        assert done.detail


def test_the_sensor_alone_can_do_it(tmp_path) -> None:
    """Every address, every port; what else failed is said."""
    blocker, proc = Remembering(), node_tree(tmp_path)
    told = alert(workload=INSIDE, cgroup=1)
    done = unit.act(told, order("quarantine"), means(blocker=blocker, proc=proc))
    ((what, cgroup, cgroup_v1, *place),) = blocker.asked

    assert done.outcome is Outcome.DONE
    assert (what, place) == ("deny", ["", 0])
    assert min(cgroup, cgroup_v1) > 1
    assert "cannot be opened" in done.detail


def test_a_sensor_that_cannot(tmp_path) -> None:
    """It is not counted on."""
    blocker = Remembering(CapabilityError("no maps"))
    told = alert(workload=INSIDE)
    means_here = means(blocker=blocker, proc=node_tree(tmp_path))

    assert unit.act(told, order("quarantine"), means_here).outcome is Outcome.FAILED
