"""
Kubernetes: pods whose control groups name no engine, and what the kubelet knows of any container.

With plain folders as control groups (``cgroupDriver: cgroupfs``) a container is
``/kubepods/QOS/podUID/ID`` for containerd and Docker alike; whichever of them knows the id tells
the rest. Where none can be read, the kubelet's names of logs still give pod, namespace and
container. No API server is asked: what a node needs stands on the node.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from pratique.formats.runtime.kubelet_names import LoggedContainer, read_log_name
from pratique.model.workload import Workload
from pratique.workloads import containerd, cri_o, docker
from pratique.workloads._folders import FolderFollower
from pratique.workloads._names import ID
from pratique.workloads.interface import Found, HostView

NAME = "kubernetes"
TITLE = "Kubernetes' kubelet, over any engine"
FOLLOWS = "the kubelet's log names, compared"

_LOGS = "/var/log/containers"
_POD = re.compile(r"pod[0-9a-f-]{32,36}")
_CONTAINER = re.compile(rf"(?:[a-z-]+-)?({ID})")


def claims(path: str) -> str:
    """
    Return the container id in a control group's path below a pod's folder.

    >>> claims("/kubepods/burstable/pod" + "0" * 32 + "/" + "a" * 64) == "a" * 64
    True
    """
    if "kubepods" not in path:
        return ""
    parts = path.split("/")
    for parent, part in pairwise(parts):
        found = _CONTAINER.fullmatch(part)
        if found and _POD.fullmatch(parent):
            return found[1]
    return ""


def containers(host: HostView) -> Iterator[Found]:
    """Yield nothing: the engines below know their containers."""
    yield from ()


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what an engine knows of a container, with what the kubelet's names say."""
    for known in (containerd.describe, cri_o.describe, docker.describe):
        found = known(host, identity, path)
        if found is not None:
            return found if found.pod else _with_pod(found, _logged(host, identity))
    logged = _logged(host, identity)
    if logged is None:
        return None
    return _with_pod(Workload(id=identity, engine=NAME, complete=False), logged)


def follow(host: HostView) -> FolderFollower | None:
    """Return what compares the kubelet's log names, None where there is no kubelet."""
    if not host.inode(_LOGS):
        return None
    return FolderFollower(lambda: [one.id for one in map(read_log_name, host.names(_LOGS)) if one])


def _logged(host: HostView, identity: str) -> LoggedContainer | None:
    ending = f"-{identity}.log"
    return next((read_log_name(one) for one in host.names(_LOGS) if one.endswith(ending)), None)


def _with_pod(workload: Workload, logged: LoggedContainer | None) -> Workload:
    if logged is None:
        return workload
    name = logged.container or workload.name
    return replace(workload, pod=logged.pod, namespace=logged.namespace, name=name)
