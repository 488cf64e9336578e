"""
Keep the container from executing files that are not in its image, from now on.

By the best means that this machine has: the kernel's LSM hook where it loads, else a permission gate
of fanotify on the container's root (``responses.fanotify_gate``), else the sensor kills such a program
as it is executed. By which means is said in the reaction. Where none of them could tell what the image
lacks, because the root is no overlay, the measure fails.
"""

from pratique.model.alert import Alert
from pratique.model.errors import CapabilityError, UsageError
from pratique.model.reaction import Measure, Reaction
from pratique.responses._groups import groups_of
from pratique.responses._root import root_of
from pratique.responses.interface import Means, Order, Target, Unable, attempt
from pratique.responses.node import Node

NAME = Measure.REFUSE_EXECUTION
TITLE = "Refuse programs that are not in the image"
NEEDS = Target.CONTAINER


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Refuse them from now on."""
    target = alert.workload.id if alert.workload else ""
    return attempt(alert, order, means, target, lambda: _refuse(alert, means))


def _refuse(alert: Alert, means: Means) -> str:
    if alert.workload is None:
        raise Unable("the alert is not about a container")
    if means.refuser is None:
        raise Unable("nothing is running that can refuse executions")
    pid = alert.workload.init_pid or alert.pid
    node = Node(means.proc)
    groups = groups_of(node, pid, alert.workload.id)
    root_of(node, alert.workload)
    try:
        return means.refuser.refuse(alert.workload, groups.cgroup, groups.cgroup_v1)
    except (CapabilityError, UsageError) as error:
        raise Unable(str(error)) from None
