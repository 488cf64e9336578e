"""
CRI-O: Kubernetes' engine on containers/storage.

Everything stands in the annotations of a container's bundle, images in the storage's list. Events:
the folders of bundles are compared.
"""

from collections.abc import Iterator

from pratique.formats.runtime.bundle import bounded_pairs
from pratique.model.workload import PodFacts, Workload
from pratique.workloads._folders import FolderFollower
from pratique.workloads._names import first, pattern
from pratique.workloads._storage import Stored, everything, find, find_in, storages
from pratique.workloads.interface import Found, HostView

NAME = "cri-o"
TITLE = "CRI-O under Kubernetes"
FOLLOWS = "the folders of its bundles, compared"

_OWN = pattern("crio")
_SAYS = "io.kubernetes.cri-o."
_MANAGER = "io.container.manager"


def claims(path: str) -> str:
    """
    Return the container id in a control group's path; CRI-O's own conmon is none.

    >>> claims("/kubepods.slice/crio-conmon-" + "a" * 64 + ".scope")
    ''
    """
    return first(_OWN, path)


def containers(host: HostView) -> Iterator[Found]:
    """Yield the containers of the storages that CRI-O runs."""
    for one in everything(host):
        if one.bundle and one.bundle.annotations.get(_MANAGER) == NAME:
            yield Found(_workload(host, one))


def describe(host: HostView, identity: str, path: str) -> Workload | None:
    """Return what is known now of one container."""
    found = find(host, identity, path)
    return _workload(host, found) if found else None


def follow(host: HostView) -> FolderFollower | None:
    """Return what compares the bundles of the system's storage, None where CRI-O never ran."""
    if not host.inode("/var/run/crio") and not host.inode("/run/crio"):
        return None
    return FolderFollower(
        lambda: [
            name
            for places in storages(host)
            for name in host.names(f"{places.run}/overlay-containers")
        ]
    )


def _workload(host: HostView, found: Stored) -> Workload:
    bundle = found.bundle
    told: dict[str, str] = bundle.annotations if bundle else {}
    said = told.get
    sandbox = said(f"{_SAYS}ContainerType") == "sandbox"
    name = "POD" if sandbox else said("io.kubernetes.container.name", "")
    return Workload(
        id=found.container.id,
        engine=NAME,
        name=name or found.container.name,
        image=said(f"{_SAYS}ImageName", "") or found.container.image,
        digest=found.digest,
        image_id=found.image_id,
        pod=said("io.kubernetes.pod.name", ""),
        namespace=said("io.kubernetes.pod.namespace", "") or said(f"{_SAYS}Namespace", ""),
        pod_uid=said("io.kubernetes.pod.uid", ""),
        labels=_labels(said(f"{_SAYS}Labels", "")),
        privileged=bool(bundle and bundle.privileged),
        mounts=bundle.mounts if bundle else (),
        upper=found.upper,
        merged=found.merged,
        init_pid=found.pid,
        complete=bundle is not None,
        pod_facts=_pod(host, found),
    )


def _pod(host: HostView, found: Stored) -> PodFacts | None:
    """Return what its sandbox tells of the pod: it bears the pod's labels."""
    told = found.bundle.annotations if found.bundle else {}
    sandbox = told.get(f"{_SAYS}SandboxID", "")
    if not sandbox:
        return None
    if sandbox != found.container.id:
        held = find_in(host, found.places, sandbox)
        told = held.bundle.annotations if held and held.bundle else {}
    labels = _labels(told.get(f"{_SAYS}Labels", ""))
    address = told.get(f"{_SAYS}IP.0", "")
    return PodFacts(
        labels=tuple(one for one in labels if not one[0].startswith("io.kubernetes.")),
        sandbox=sandbox,
        address=address,
    )


def _labels(content: str) -> tuple[tuple[str, str], ...]:
    """Return the labels, which stand as JSON in an annotation; none where they were cut."""
    import msgspec

    try:
        return bounded_pairs(msgspec.json.decode(content or "{}", type=dict[str, str]))
    except (ValueError, RecursionError):
        return ()
