"""
Keep the container from connecting to the address that the alert is about.

The kernel refuses connections and datagrams of this container to this address and port (``EPERM``) as
long as the sensor runs; connections that are open already are not cut. Needs the eBPF sensor: without
it nothing is blocked, and that is said.
"""

from pratique.model.alert import Alert
from pratique.model.errors import CapabilityError
from pratique.model.reaction import Measure, Reaction
from pratique.responses.interface import Means, Order, Target, Unable, attempt

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
    groups = [group for group in (alert.cgroup, alert.cgroup_v1) if group]
    if not groups:
        raise Unable("the container's control group is not known")
    try:
        for group in groups:
            means.blocker.deny(group, alert.remote_address, alert.remote_port)
    except CapabilityError as error:
        raise Unable(str(error)) from None
    return "the kernel refuses new connections to it"
