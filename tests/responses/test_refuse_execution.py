"""Executions are refused by what is there, or it is said that nothing is."""

import pytest

from pratique.model.errors import CapabilityError
from pratique.model.reaction import Outcome
from pratique.responses import refuse_execution as unit
from tests.makers.alerts import CONTAINER, alert
from tests.makers.responses import Remembering, means, order


def test_by_what_means() -> None:
    """The means are named."""
    refuser = Remembering()
    done = unit.act(alert(cgroup=7), order("refuse-execution"), means(refuser=refuser))

    assert (done.outcome, done.detail) == (Outcome.DONE, "by a fake")
    assert refuser.asked == [("refuse", CONTAINER, 7)]


@pytest.mark.parametrize(
    ("told", "refuser"),
    [
        (alert(), None),
        (alert(workload=None), Remembering()),
        (alert(), Remembering(CapabilityError("x"))),
    ],
)
def test_why_not(told, refuser) -> None:
    """A failure with its reason."""
    done = unit.act(told, order("refuse-execution"), means(refuser=refuser))

    assert done.outcome is Outcome.FAILED
    assert done.detail
