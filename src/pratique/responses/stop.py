"""
End the container: its engine stops it, after a grace in which it may end by itself.

An orchestrator starts it anew elsewhere or here: that is often what is wanted, and destroys what was
only in memory. Take a record first, or use ``pause`` or ``quarantine``.
"""

from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction
from pratique.responses.interface import Means, Order, Target, Unable, attempt

NAME = Measure.STOP
TITLE = "End the container"
NEEDS = Target.CONTAINER


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Stop it."""

    def do() -> str:
        if alert.workload is None or means.engines is None:
            raise Unable("there is no container, or no way to its engine")
        return means.engines.stop(alert.workload, order.grace_s)

    return attempt(alert, order, means, alert.workload.id if alert.workload else "", do)
