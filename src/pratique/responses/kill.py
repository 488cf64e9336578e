"""
End the process that the alert is about, at once (SIGKILL).

The process is held by a descriptor and its start time compared, so that a pid which was given out
again is never hit. Its children live on; where the container as a whole is not to be trusted any
more, use ``pause``, ``quarantine`` or ``stop``.
"""

from signal import SIGKILL

from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction
from pratique.responses._signals import send_signal
from pratique.responses.interface import Means, Order, Target, attempt
from pratique.responses.node import Node

NAME = Measure.KILL
TITLE = "End the process at once"
NEEDS = Target.PROCESS


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """End it."""
    node = Node(means.proc)
    target = f"pid {alert.pid} ({alert.process_name})"
    return attempt(alert, order, means, target, lambda: send_signal(alert, SIGKILL, node))
