"""
Keep the container from connecting to the address that the alert is about.

The kernel refuses connections and datagrams of this container to this address and port (``EPERM``) as
long as the sensor runs; connections that are open already are not cut. Needs the eBPF sensor: without
it nothing is blocked, and that is said.
"""

from pratique.model.alert import Alert
from pratique.model.errors import CapabilityError, UsageError
from pratique.model.reaction import Measure, Reaction
from pratique.responses._groups import groups_of
from pratique.responses.interface import Means, Order, Target, Unable, attempt
from pratique.responses.node import Node

NAME = Measure.BLOCK_DESTINATION
TITLE = "Keep the container from one address"
NEEDS = Target.DESTINATION


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Block it."""
    target = f"{alert.remote_address}:{alert.remote_port}"
    return attempt(alert, order, means, target, lambda: _block(alert, means))


def _block(alert: Alert, means: Means) -> str:
    if means.blocker is None:
        raise Unable("no sensor is running that can block connections")
    if not alert.remote_address:
        raise Unable("the alert names no address")
    if alert.workload is None:
        raise Unable("the alert is not about a container")
    pid = alert.workload.init_pid or alert.pid
    groups = groups_of(Node(means.proc), pid, alert.workload.id)
    try:
        means.blocker.deny(groups.cgroup, groups.cgroup_v1, alert.remote_address, alert.remote_port)
    except (CapabilityError, UsageError) as error:
        raise Unable(str(error)) from None
    return "the kernel refuses new connections to it"
