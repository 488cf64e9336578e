"""
Decide whether an alert is a step of a sequence, and which story it would belong to.
"""

from fnmatch import translate
from functools import lru_cache
from re import Pattern
from re import compile as compiled

from pratique.detections.correlation.language import Same, Step, Where
from pratique.detections.telling import field
from pratique.model.alert import Alert, Detector


def fits(step: Step, alert: Alert) -> bool:
    """Return whether an alert satisfies everything that a step asks for."""
    if alert.priority.rank > step.priority.rank:
        return False
    if step.where is Where.CONTAINER and alert.workload is None:
        return False
    if step.where is Where.NODE and alert.workload is not None:
        return False
    if step.detectors and alert.detector not in step.detectors:
        return False
    if alert.detector is Detector.SENSOR and not (step.detectors or step.rules):
        return False  # what was not seen is no deed
    if any(_pattern(one).match(alert.rule) for one in step.unless):
        return False
    for name, glob in step.fields.items():
        if not _pattern(glob).match(field(alert.fields, name)):
            return False
    if not (step.rules or step.tags):
        return True
    if any(tag in alert.tags for tag in step.tags):
        return True
    return any(_pattern(one).match(alert.rule) for one in step.rules)


def value_of(alert: Alert, name: str) -> str:
    """Return what ``distinct`` counts: a field, or one of the alert's own."""
    own = {
        "rule": alert.rule,
        "remote_address": alert.remote_address,
        "process_path": alert.process_path,
        "pid": str(alert.pid),
    }
    return own[name] if name in own else field(alert.fields, name)


def story_key(same: Same, alert: Alert) -> tuple[str, ...]:
    """
    Return what the alerts of one story have in common.

    A process tree is told by the outermost ancestor inside the container, also where the process
    has left it: that is how a story goes on from a container to its node. On the node it is the
    nearest session.
    """
    workload = alert.workload
    container = workload.id if workload else "host"
    if same is Same.NODE:
        return (alert.node,)
    if same is Same.IMAGE:
        return (workload.digest or workload.image,) if workload else (alert.node, "host")
    if same is Same.POD and workload is not None and workload.pod:
        return (workload.pod_uid or alert.node, workload.namespace, workload.pod)
    if same is Same.PROCESS_TREE:
        return (alert.node, str(_root(alert)))
    return (alert.node, container)


def _root(alert: Alert) -> int:
    inside = [one.pid for one in alert.ancestors if one.in_container]
    if inside:
        return inside[-1]
    if alert.workload is not None:
        return alert.pid
    return next((one.pid for one in alert.ancestors if one.session_leader), alert.pid)


@lru_cache(maxsize=8192)
def _pattern(glob: str) -> Pattern[str]:
    return compiled(translate(glob))
