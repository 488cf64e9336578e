"""
Keep the container running for evidence, cut off from every network.

All interfaces of the networks that its processes are in, but loopback, are set down, and the sensor, where it can, refuses every
new connection: a container with ``NET_ADMIN`` could set an interface up again. The other containers of
a pod share its network and are cut off with it. A container in the node's own network cannot be cut off so:
it is refused, unless the sensor can block it. To undo it, start the container anew.
"""

from pratique.model.alert import Alert
from pratique.model.errors import CapabilityError, UsageError
from pratique.model.reaction import Measure, Reaction
from pratique.responses._groups import groups_of
from pratique.responses._network import cut_all_off
from pratique.responses.interface import Means, Order, Refused, Target, Unable, attempt
from pratique.responses.node import Node

NAME = Measure.QUARANTINE
TITLE = "Cut the container off from every network"
NEEDS = Target.CONTAINER


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Cut it off."""
    target = alert.workload.id if alert.workload else ""
    return attempt(alert, order, means, target, lambda: _cut(alert, means))


def _cut(alert: Alert, means: Means) -> str:
    workload = alert.workload
    if workload is None or not workload.init_pid:
        raise Unable("the container's first process is not known")
    blocked = _block_all(alert, means)
    try:
        names = cut_all_off(Node(means.proc), workload.init_pid, workload.id, means.proc)
    except (Refused, Unable) as why:
        if not blocked:
            raise
        return f"every new connection is refused by the kernel; {why}"
    words = f"interfaces set down: {', '.join(names)}" if names else "it had no network"
    return words + ("; every new connection is refused by the kernel" if blocked else "")


def _block_all(alert: Alert, means: Means) -> bool:
    workload = alert.workload
    if means.blocker is None or workload is None:
        return False
    try:
        groups = groups_of(Node(means.proc), workload.init_pid, workload.id)
        means.blocker.deny(groups.cgroup, groups.cgroup_v1, "", 0)
    except (CapabilityError, UsageError, Unable):
        return False
    return True
