"""
containerd: its tasks, its metadata, and what Kubernetes' interface notes on its containers.

``/run/containerd`` (``PRATIQUE_CONTAINERD_STATE``) holds a bundle for each running container, and
``/var/lib/containerd`` (``PRATIQUE_CONTAINERD_ROOT``) the database that names its image. Where the
name stands for an index, the manifest of this machine's platform is found in the content store.
Events: the folders of tasks are compared.
"""

import os
import re
from collections.abc import Iterator

from pratique.formats.bolt import Bolt
from pratique.formats.image.oci import Index, Manifest, read_manifest
from pratique.formats.image.platforms import best, host_platform
from pratique.formats.runtime.bundle import Bundle, read_bundle
from pratique.formats.runtime.containerd_state import ContainerdContainer, find_container
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, PratiqueError
from pratique.model.workload import PodFacts, Workload
from pratique.workloads._folders import FolderFollower
from pratique.workloads._mounts import upper_of_container
from pratique.workloads._names import ANY_ID, ID, below, first, pattern
from pratique.workloads.interface import Found, HostView

NAME = "containerd"
TITLE = "containerd, alone or under Kubernetes or nerdctl"
FOLLOWS = "the folders of its tasks, compared"

_OWN = pattern("cri-containerd", "nerdctl", "containerd")
_ANY = re.compile(ANY_ID)
_NAMESPACES = frozenset({"k8s.io", "default", "moby"})
"""Namespaces whose name a plain control group is known by; others are told by their bundles."""
_TASKS = "io.containerd.runtime.v2.task"
_DATABASE = "io.containerd.metadata.v1.bolt/meta.db"
_CONTENT = "io.containerd.content.v1.content/blobs"
_CRI = "io.kubernetes.cri."
_DIGEST = re.compile(rf"sha256:{ID}")
_SANDBOX = "sandbox"
_OURS = ("io.cri-containerd.", "io.kubernetes.pod.", "io.kubernetes.container.")
"""Labels that the kubelet and containerd add; the others are the pod's."""


def claims(path: str) -> str:
    """
    Return the container id in a control group's path.

    >>> claims("/k8s.io/c1"), claims("/system.slice/containerd.service")
    ('c1', '')
    """
    return first(_OWN, path) or below(_NAMESPACES, _ANY, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers that have a bundle: those that run."""
    for namespace, identity in _running(host):
        bundle = _bundle(host, namespace, identity)
        if bundle is not None:
            workload = _workload(host, namespace, identity, bundle)
            yield Found(workload, (bundle.cgroup,) if bundle.cgroup.startswith("/") else ())


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container, in whichever namespace it is."""
    for namespace in host.names(f"{_state(host)}/{_TASKS}"):
        bundle = _bundle(host, namespace, identity)
        if bundle is not None:
            return _workload(host, namespace, identity, bundle)
    return None


def follow(host: HostView) -> FolderFollower:
    """Return what compares the folders of tasks."""
    return FolderFollower(lambda: (identity for _, identity in _running(host)))


def tasks(host: HostView) -> Iterator[tuple[str, str]]:
    """Yield the ids of what runs, and the folders of the bundles."""
    for namespace, identity in _running(host):
        yield identity, f"{_state(host)}/{_TASKS}/{namespace}/{identity}"


def cgroups(host: HostView, place: str) -> tuple[str, ...] | None:
    """Return the control group that the bundle in a folder names; None while it is written."""
    bundle = _read(host, place)
    if bundle is None:
        return None
    return (bundle.cgroup,) if bundle.cgroup.startswith("/") else ()


def _running(host: HostView) -> Iterator[tuple[str, str]]:
    root = f"{_state(host)}/{_TASKS}"
    for namespace in host.names(root):
        for identity in host.names(f"{root}/{namespace}"):
            yield namespace, identity


def _bundle(host: HostView, namespace: str, identity: str) -> Bundle | None:
    return _read(host, f"{_state(host)}/{_TASKS}/{namespace}/{identity}")


def _read(host: HostView, place: str) -> Bundle | None:
    content = host.read(f"{place}/config.json")
    if content is None:
        return None
    try:
        return read_bundle(content)
    except FormatError:  # being written
        return None


def _workload(host: HostView, namespace: str, identity: str, bundle: Bundle) -> Workload:
    folder = f"{_state(host)}/{_TASKS}/{namespace}/{identity}"
    told = _told(host, namespace, identity)
    said = bundle.annotations.get
    sandbox = said(f"{_CRI}container-type") == _SANDBOX
    merged = bundle.root if bundle.root.startswith("/") else f"{folder}/{bundle.root or 'rootfs'}"
    pid = _number(host.read(f"{folder}/init.pid", 64))
    digest, config = _image(host, told.target)
    return Workload(
        id=identity,
        engine=NAME,
        name=_name(bundle, told, identity, sandbox=sandbox),
        image=said(f"{_CRI}image-name", "") or told.image,
        digest=digest,
        image_id=config,
        pod=said(f"{_CRI}sandbox-name", ""),
        namespace=said(f"{_CRI}sandbox-namespace", ""),
        pod_uid=said(f"{_CRI}sandbox-uid", ""),
        labels=told.labels,
        privileged=bundle.privileged,
        mounts=bundle.mounts,
        upper=upper_of_container(host, pid, merged),
        merged=merged,
        init_pid=pid,
        complete=bool(told.image),
        pod_facts=_pod(host, namespace, said(f"{_CRI}sandbox-id", ""), told),
    )


def _pod(
    host: HostView, namespace: str, sandbox: str, told: ContainerdContainer
) -> PodFacts | None:
    """Return what its sandbox tells of the pod: it bears the pod's labels."""
    if not sandbox:
        return None
    if _kind(told) != _SANDBOX:
        told = _told(host, namespace, sandbox)
    labels = tuple(one for one in told.labels if not one[0].startswith(_OURS))
    return PodFacts(labels=labels, sandbox=sandbox)


def _kind(told: ContainerdContainer) -> str:
    return dict(told.labels).get("io.cri-containerd.kind", "")


def _name(bundle: Bundle, told: ContainerdContainer, identity: str, *, sandbox: bool) -> str:
    """Return what people call it; the container that holds a pod open is its ``POD``."""
    if sandbox:
        return "POD"
    named = bundle.annotations.get(f"{_CRI}container-name", "")
    return named or dict(told.labels).get("nerdctl/name", "") or identity


def _told(host: HostView, namespace: str, identity: str) -> ContainerdContainer:
    """Return what the database says; nothing while it changes under our eyes."""
    with host.opened(f"{_root(host)}/{_DATABASE}") as read:
        for _ in range(2 if read else 0):
            try:
                bolt = Bolt(read)  # type: ignore[arg-type]
                found = find_container(bolt, namespace, identity)
            except FormatError:
                continue
            if bolt.unchanged():
                return found or ContainerdContainer()
    return ContainerdContainer()


def _image(host: HostView, target: str) -> tuple[str, str]:
    """Return the digests of the manifest and config that a target leads to on this machine."""
    read = _document(host, target)
    if isinstance(read, Index):
        offered = [one for one in read.entries if one.platform is not None]
        platforms = [one.platform for one in offered if one.platform]
        chosen = best(host_platform(os.uname().machine), platforms)
        if chosen is None:
            return target, ""
        target = offered[chosen].descriptor.digest
        read = _document(host, target)
    return target, read.config.digest if isinstance(read, Manifest) else ""


def _document(host: HostView, digest: str) -> Index | Manifest | None:
    """Return an index or manifest of the content store; None where it was thrown away."""
    if not _DIGEST.fullmatch(digest):
        return None
    path = f"{_root(host)}/{_CONTENT}/{digest.replace(':', '/')}"
    content = host.read(path, DEFAULT.json_bytes)
    try:
        return read_manifest(content, DEFAULT) if content is not None else None
    except PratiqueError:
        return None


def _number(content: bytes | None) -> int:
    text = (content or b"").strip()
    return int(text) if text.isdigit() and len(text) < 11 else 0


def _state(host: HostView) -> str:
    return host.environ.get("PRATIQUE_CONTAINERD_STATE", "") or "/run/containerd"


def _root(host: HostView) -> str:
    return host.environ.get("PRATIQUE_CONTAINERD_ROOT", "") or "/var/lib/containerd"
