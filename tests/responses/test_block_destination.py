"""A destination is blocked for the container's groups, or it is said why not."""

import pytest

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import block_destination as unit
from tests.makers.alerts import alert
from tests.makers.responses import Remembering, means, order

TOLD = alert(remote_address="203.0.113.7", remote_port=443, cgroup=7, cgroup_v1=9)


def test_both_groups() -> None:
    """A container may be known by either hierarchy."""
    blocker = Remembering()
    done = unit.act(TOLD, order("block-destination"), means(blocker=blocker))

    assert done.outcome is Outcome.DONE
    assert done.target == "203.0.113.7:443"
    assert blocker.asked == [("deny", 7, "203.0.113.7", 443), ("deny", 9, "203.0.113.7", 443)]


@pytest.mark.parametrize(
    ("told", "blocker", "words"),
    [
        (TOLD, None, "no sensor"),
        (alert(cgroup=7), Remembering(), "no address"),
        (alert(remote_address="::1"), Remembering(), "control group"),
        (TOLD, Remembering(CapabilityError("no maps")), "no maps"),
    ],
)
def test_why_not(told, blocker, words) -> None:
    """A failure with its reason, never a silent success."""
    done = unit.act(told, order("block-destination"), means(blocker=blocker))

    assert done.outcome is Outcome.FAILED
    assert words in done.detail
