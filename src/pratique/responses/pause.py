"""
Stop every process of the container where it stands, keeping memory and files for who looks at them.

By the engine where its socket is there, so that it knows; else by freezing the control group. To go
on: the engine's ``unpause``, or the control group's file that the reaction names.
"""

from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction
from pratique.responses.interface import Means, Order, Target, Unable, attempt

NAME = Measure.PAUSE
TITLE = "Stop the container where it stands"
NEEDS = Target.CONTAINER


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Pause it."""

    def do() -> str:
        if alert.workload is None or means.engines is None:
            raise Unable("there is no container, or no way to its engine")
        return means.engines.pause(alert.workload)

    return attempt(alert, order, means, alert.workload.id if alert.workload else "", do)
