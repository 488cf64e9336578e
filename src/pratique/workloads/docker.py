"""
Docker: the files of its daemon, and its event stream.

``/var/lib/docker`` (``PRATIQUE_DOCKER_ROOT``) is read, so a stopped daemon is no obstacle. The
manifest's digest is known for images that were pulled; a built one has the digest of its config.
Events come from the API's stream on the daemon's socket (``DOCKER_HOST``).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from pratique.formats.runtime.docker_state import (
    DockerContainer,
    read_container,
    read_privileged,
    read_repositories,
)
from pratique.model.errors import FormatError
from pratique.model.workload import Workload
from pratique.workloads._mounts import upper_of_container
from pratique.workloads._names import ID, first, pattern
from pratique.workloads._stream import StreamFollower
from pratique.workloads.interface import Found, HostView

NAME = "docker"
TITLE = "Docker Engine"
FOLLOWS = "the API's event stream"

_OWN = pattern("docker")
_BARE = re.compile(ID)
_OTHERS = frozenset({"k8s.io", "default", "moby"})
"""Folders in which a bare id is containerd's."""


def claims(path: str) -> str:
    """
    Return the container id in a control group's path.

    Docker gives plain folders bare ids, below ``docker`` or below a ``--cgroup-parent``.

    >>> claims("/docker/" + "a" * 64) == claims("/ci/" + "a" * 64) == "a" * 64
    True
    >>> claims("/kubepods/besteffort/podx/" + "a" * 64)
    ''
    """
    named = first(_OWN, path)
    if named or "kubepods" in path:
        return named
    parts = path.split("/")
    for parent, part in pairwise(["", *parts]):
        if parent not in _OTHERS and _BARE.fullmatch(part):
            return part
    return ""


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers that the daemon's folder holds."""
    root = _root(host)
    for identity in host.names(f"{root}/containers"):
        found = describe(host, identity, "")
        if found is not None:
            yield Found(found)


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container."""
    root = _root(host)
    content = host.read(f"{root}/containers/{identity}/config.v2.json")
    if content is None:
        return None
    try:
        container = read_container(content)
    except FormatError:  # being written
        return None
    return _workload(host, root, container)


def follow(host: HostView) -> StreamFollower | None:
    """Return what follows the daemon's events, None where its socket is not here."""
    address = host.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    socket = address.removeprefix("unix://")
    if socket == address or not host.inode(socket):
        return None
    return StreamFollower(socket)


def _workload(host: HostView, root: str, told: DockerContainer) -> Workload:
    folder = f"{root}/containers/{told.id}"
    config = host.read(f"{folder}/hostconfig.json")
    mount = (
        host.read(f"{root}/image/{told.driver}/layerdb/mounts/{told.id}/mount-id") or b""
    ).decode(errors="replace")
    layer = f"{root}/{told.driver}/{mount}" if _BARE.fullmatch(mount.removesuffix("-init")) else ""
    merged = f"{layer}/merged" if layer else ""
    return Workload(
        id=told.id,
        engine=NAME,
        name=told.name,
        image=told.image,
        digest=_digest(host, root, told),
        image_id="" if told.manifest_digest == told.image_digest else told.image_digest,
        labels=told.labels,
        privileged=config is not None and _privileged(config),
        mounts=told.mounts,
        upper=f"{layer}/diff" if layer else upper_of_container(host, told.pid, ""),
        merged=merged,
        init_pid=told.pid,
        complete=bool(told.image_digest),
    )


def _digest(host: HostView, root: str, told: DockerContainer) -> str:
    if told.manifest_digest:
        return told.manifest_digest
    content = host.read(f"{root}/image/{told.driver}/repositories.json")
    try:
        return read_repositories(content).get(told.image_digest, "") if content else ""
    except FormatError:
        return ""


def _privileged(content: bytes) -> bool:
    try:
        return read_privileged(content)
    except FormatError:
        return False


def _root(host: HostView) -> str:
    return host.environ.get("PRATIQUE_DOCKER_ROOT", "") or "/var/lib/docker"
