"""A container that cannot be cut off is said not to be."""

from msgspec.structs import replace

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import quarantine as unit
from tests.makers.alerts import WORKLOAD, alert
from tests.makers.responses import Remembering, means, order


def test_why_not() -> None:
    """No first process, or one that is gone, and no sensor: a failure."""
    for workload in (None, WORKLOAD, replace(WORKLOAD, init_pid=1 << 22)):
        done = unit.act(alert(workload=workload), order("quarantine"), means())

        assert done.outcome is Outcome.FAILED
        assert done.detail


def test_the_sensor_alone_can_do_it() -> None:
    """Every address, every port, for both groups; what else failed is said."""
    blocker = Remembering()
    told = alert(workload=replace(WORKLOAD, init_pid=1 << 22), cgroup=7, cgroup_v1=9)
    done = unit.act(told, order("quarantine"), means(blocker=blocker))

    assert done.outcome is Outcome.DONE
    assert blocker.asked == [("deny", 7, "", 0), ("deny", 9, "", 0)]
    assert "cannot be opened" in done.detail


def test_a_sensor_that_cannot() -> None:
    """It is not counted on."""
    blocker = Remembering(CapabilityError("no maps"))
    told = alert(workload=replace(WORKLOAD, init_pid=1 << 22), cgroup=7)

    assert unit.act(told, order("quarantine"), means(blocker=blocker)).outcome is Outcome.FAILED
