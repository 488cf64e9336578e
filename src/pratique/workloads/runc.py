"""
runc: containers that no engine here knows, by the runtime's own state.

``/run/runc`` and the folders in which containerd and Docker have runc keep its state. runc knows
the control groups of each container by path, whatever they are called, its first process and its
root; a bundle adds mounts. Events: the folders of states are compared.
"""

from collections.abc import Iterator

from pratique.formats.runtime.runtime_state import RuntimeState, read_runc
from pratique.model.errors import FormatError
from pratique.model.workload import Workload
from pratique.workloads import _runtime
from pratique.workloads._folders import FolderFollower
from pratique.workloads.interface import Found, HostView

NAME = "runc"
TITLE = "runc, for containers of no known engine"
FOLLOWS = "the folders of its states, compared"

_ROOTS = (
    "/run/runc",
    "/run/containerd/runc/k8s.io",
    "/run/containerd/runc/default",
    "/run/docker/runtime-runc/moby",
)
_SCOPE = _runtime.scope("runc")


def claims(path: str) -> str:
    """
    Return the container id in a control group's path; others are known by runc's state.

    >>> claims("/system.slice/runc-web.scope"), claims("/web")
    ('web', '')
    """
    return _runtime.claimed(_SCOPE, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers of runc's states."""
    for root in _ROOTS:
        for identity in host.names(root):
            state = _state(host, root, identity)
            if state is not None:
                yield Found(_runtime.workload(host, NAME, state), state.cgroups)


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container."""
    for root in _ROOTS:
        state = _state(host, root, identity)
        if state is not None:
            return _runtime.workload(host, NAME, state)
    return None


def follow(host: HostView) -> FolderFollower:
    """Return what compares the folders of states."""
    return FolderFollower(lambda: [name for root in _ROOTS for name in host.names(root)])


def tasks(host: HostView) -> Iterator[tuple[str, str]]:
    """Yield the ids of what runs, and the folders of the states."""
    for root in _ROOTS:
        for identity in host.names(root):
            yield identity, f"{root}/{identity}"


def cgroups(host: HostView, place: str) -> tuple[str, ...] | None:
    """Return the control groups that the state in a folder names; None while it is written."""
    root, _, identity = place.rpartition("/")
    state = _state(host, root, identity)
    return state.cgroups if state else None


def _state(host: HostView, root: str, identity: str) -> RuntimeState | None:
    content = host.read(f"{root}/{identity}/state.json")
    if content is None:
        return None
    try:
        return read_runc(content)
    except FormatError:  # being written
        return None
