"""Describe what runs: a container, its image and its pod, or the node itself."""

from typing import Protocol

from msgspec import Struct

_HASH = "pod-template-hash"


class BindMount(Struct, frozen=True):
    """One mount of a container, as its engine was told."""

    source: str
    destination: str
    writable: bool = True


class ImageFacts(Struct, frozen=True, kw_only=True):
    """
    What the store knows of the image: never needed to see an event, always quoted beside one.

    ``verdict`` is the newest answer (``allow``, ``warn``, ``undecided``, ``deny``), empty where the
    image was never judged; ``flaws`` counts its findings by severity in words.
    """

    digest: str
    verdict: str = ""
    judged_ns: int = 0
    flaws: tuple[tuple[str, int], ...] = ()


class PodFacts(Struct, frozen=True, kw_only=True):
    """
    What is known of a container's pod beyond its name; empty where nobody told it.

    ``owner_kind`` and ``owner`` name what made the pod (``ReplicaSet``, ``web-5d69f7b5c9``);
    ``sandbox`` is the id of the container that holds the pod open, ``address`` the pod's own.
    """

    labels: tuple[tuple[str, str], ...] = ()
    sandbox: str = ""
    address: str = ""
    owner_kind: str = ""
    owner: str = ""
    owner_uid: str = ""
    service_account: str = ""

    @property
    def deployment(self) -> str:
        """
        Return the deployment whose replica set made the pod, empty where none did.

        Kubernetes names a replica set by its deployment and the hash that the pod is labelled with.

        >>> labels = (("pod-template-hash", "5d69f7b5c9"),)
        >>> PodFacts(labels=labels, owner_kind="ReplicaSet", owner="web-5d69f7b5c9").deployment
        'web'
        """
        hashed = next((value for key, value in self.labels if key == _HASH), "")
        if self.owner_kind != "ReplicaSet" or not hashed or not self.owner.endswith(f"-{hashed}"):
            return ""
        return self.owner.removesuffix(f"-{hashed}")

    @property
    def made_by(self) -> tuple[str, str]:
        """
        Return the kind and name of what people made, of which the pod is a part; empty if unknown.

        >>> PodFacts(owner_kind="DaemonSet", owner="proxy").made_by
        ('DaemonSet', 'proxy')
        """
        deployment = self.deployment
        return ("Deployment", deployment) if deployment else (self.owner_kind, self.owner)


class Workload(Struct, frozen=True, kw_only=True):
    """
    One container.

    ``id`` is the engine's full id. ``image`` is the reference as it was asked for, ``digest`` the
    image's manifest digest (``sha256:…``), empty where the engine does not say. ``upper`` is the
    host's path of the overlay's writable folder, ``merged`` that of the mounted root; ``init_pid``
    the host's pid of the first process. ``pod``, ``namespace`` and ``pod_uid`` are Kubernetes'.
    ``complete`` is False while only the control group's name is known: the rest may come later.
    """

    id: str
    engine: str
    name: str = ""
    image: str = ""
    digest: str = ""
    pod: str = ""
    namespace: str = ""
    pod_uid: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    privileged: bool = False
    mounts: tuple[BindMount, ...] = ()
    upper: str = ""
    merged: str = ""
    init_pid: int = 0
    started_ns: int = 0
    complete: bool = True
    facts: ImageFacts | None = None
    image_id: str = ""
    """The digest of the image's config (``sha256:…``): what some engines call the image's id."""
    pod_facts: PodFacts | None = None


class WorkloadIndex(Protocol):
    """
    Answer which container a control group belongs to.

    Law: ``None`` means the node itself, and is said only where the group is known not to be a
    container's; a group whose container is not known yet gives a ``Workload`` that is not complete.
    """

    def of(self, cgroup: int, cgroup_v1: int = 0) -> Workload | None:
        """Return the workload of a control group id of either hierarchy."""
