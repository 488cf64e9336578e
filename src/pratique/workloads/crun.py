"""
crun: containers that no engine here knows, by the runtime's own state.

``/run/crun`` holds a status for each container: its control group by path, its first process, its
bundle. Events: the folders of states are compared.
"""

from collections.abc import Iterator

from pratique.formats.runtime.runtime_state import RuntimeState, read_crun
from pratique.model.errors import FormatError
from pratique.model.workload import Workload
from pratique.workloads import _runtime
from pratique.workloads._folders import FolderFollower
from pratique.workloads.interface import Found, HostView

NAME = "crun"
TITLE = "crun, for containers of no known engine"
FOLLOWS = "the folders of its states, compared"

_ROOT = "/run/crun"
_SCOPE = _runtime.scope("crun")


def claims(path: str) -> str:
    """
    Return the container id in a control group's path; others are known by crun's state.

    >>> claims("/user.slice/crun-web.scope/container")
    'web'
    """
    return _runtime.claimed(_SCOPE, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers of crun's states."""
    for identity in host.names(_ROOT):
        state = _state(host, identity)
        if state is not None:
            yield Found(_runtime.workload(host, NAME, state), state.cgroups)


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container."""
    state = _state(host, identity)
    return _runtime.workload(host, NAME, state) if state else None


def follow(host: HostView) -> FolderFollower:
    """Return what compares the folders of states."""
    return FolderFollower(lambda: host.names(_ROOT))


def tasks(host: HostView) -> Iterator[tuple[str, str]]:
    """Yield the ids of what runs, and the folders of the states."""
    for identity in host.names(_ROOT):
        yield identity, f"{_ROOT}/{identity}"


def cgroups(host: HostView, place: str) -> tuple[str, ...] | None:
    """Return the control groups that the state in a folder names; None while it is written."""
    state = _state(host, place.rpartition("/")[2])
    return state.cgroups if state else None


def _state(host: HostView, identity: str) -> RuntimeState | None:
    content = host.read(f"{_ROOT}/{identity}/status")
    if content is None:
        return None
    try:
        return read_crun(content, identity)
    except FormatError:  # being written
        return None
