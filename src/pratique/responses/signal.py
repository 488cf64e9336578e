"""
Send a signal to the process that the alert is about; ``TERM`` unless the plan names another.

The process is held by a descriptor and its start time compared, so that a pid which was given out
again is never hit. What it does with the signal is its own choice: use ``kill`` where it must end.
"""

from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction
from pratique.responses._signals import send_signal
from pratique.responses.interface import Means, Order, Target, attempt
from pratique.responses.node import Node

NAME = Measure.SIGNAL
TITLE = "Send a signal to the process"
NEEDS = Target.PROCESS


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Send it."""
    node = Node(means.proc)
    target = f"pid {alert.pid} ({alert.process_name})"
    return attempt(alert, order, means, target, lambda: send_signal(alert, order.signal, node))
