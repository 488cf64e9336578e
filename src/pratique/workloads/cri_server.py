"""
Ask a node's engine through Kubernetes' container runtime interface (containerd, CRI-O, cri-dockerd).

It tells names, images, pods with their labels and addresses, and first processes, also where the
engine's own files cannot be read. Its lists are asked for each time, a status once for each container
and sandbox. Whoever may use the socket may start any container: only lists and statuses are asked.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from pratique.formats.runtime import cri
from pratique.model.workload import PodFacts, Workload

SOCKETS = ("/run/containerd/containerd.sock", "/run/crio/crio.sock", "/run/cri-dockerd.sock")
"""Where engines under Kubernetes listen."""
PAUSE_S = 30.0
SOONEST_S = 0.2
MOST_STATUSES = 512
"""Statuses asked for at once; the others are asked for the next time."""


class Calls(Protocol):
    """A connection to the engine; see ``kit.grpc.Grpc``."""

    def call(self, method: str, message: bytes) -> bytes:
        """Return the answer to a message."""

    def close(self) -> None:
        """Close the connection."""


class CriServer:
    """The engine behind a socket; a ``workloads.asking.Server``."""

    name = "cri"
    pause_s = PAUSE_S
    soonest_s = SOONEST_S

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._addresses: dict[str, str] = {}
        self._statuses: dict[str, cri.CriStatus] = {}

    def ask(self) -> Sequence[Workload]:
        """
        Return what it knows of sandboxes and of containers that run.

        Raises:
            GrpcError: it does not answer.
            FormatError: its answer is not of the interface.
        """
        sandboxes = cri.read_sandboxes(self._calls.call(cri.LIST_SANDBOXES, cri.EVERYTHING))
        listed = cri.read_containers(self._calls.call(cri.LIST_CONTAINERS, cri.EVERYTHING))
        known = {one.id: one for one in sandboxes}
        running = [one for one in listed if one.running]
        self._forget(known, (one.id for one in running))
        left = MOST_STATUSES
        for sandbox in sandboxes:
            if left and sandbox.ready and sandbox.id not in self._addresses:
                left -= 1
                content = self._calls.call(cri.SANDBOX_STATUS, cri.request_of(sandbox.id))
                self._addresses[sandbox.id] = cri.read_address(content)
        for container in running:
            if left and container.id not in self._statuses:
                left -= 1
                content = self._calls.call(cri.CONTAINER_STATUS, cri.request_of(container.id))
                self._statuses[container.id] = cri.read_status(content)
        return (
            *(self._pod(one) for one in sandboxes if one.ready),
            *(self._workload(one, known.get(one.sandbox)) for one in running),
        )

    def close(self) -> None:
        """Close the connection."""
        self._calls.close()

    def _forget(self, sandboxes: Iterable[str], running: Iterable[str]) -> None:
        """Keep what is known of those that are still there."""
        here, there = set(sandboxes), set(running)
        self._addresses = {one: told for one, told in self._addresses.items() if one in here}
        self._statuses = {one: told for one, told in self._statuses.items() if one in there}

    def _pod(self, sandbox: cri.CriSandbox) -> Workload:
        return Workload(
            id=sandbox.id,
            engine="",
            name="POD",
            pod=sandbox.name,
            namespace=sandbox.namespace,
            pod_uid=sandbox.uid,
            complete=False,
            pod_facts=self._facts(sandbox),
        )

    def _workload(self, container: cri.CriContainer, sandbox: cri.CriSandbox | None) -> Workload:
        status = self._statuses.get(container.id, cri.CriStatus())
        sandbox = sandbox or cri.CriSandbox(id=container.sandbox)
        digest, config = cri.digests(status.reference or container.reference)
        image = status.image or ("" if any(cri.digests(container.image)) else container.image)
        return Workload(
            id=container.id,
            engine="",
            name=container.name,
            image=image,
            digest=digest,
            image_id=config,
            pod=sandbox.name,
            namespace=sandbox.namespace,
            pod_uid=sandbox.uid,
            labels=container.labels,
            init_pid=status.pid,
            complete=bool(image),
            pod_facts=self._facts(sandbox),
        )

    def _facts(self, sandbox: cri.CriSandbox) -> PodFacts:
        own = (one for one in sandbox.labels if not one[0].startswith("io.kubernetes.pod."))
        address = self._addresses.get(sandbox.id, "")
        return PodFacts(labels=tuple(own), sandbox=sandbox.id, address=address)
