"""Find pods that hold the socket of a container engine."""

from collections.abc import Iterator

from pratique.checks.kubernetes._host_paths import host_paths, is_runtime_socket
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "runtime-socket-in-pod"
TITLE = "a pod holds the socket of a container engine"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0006",
    "CKV_K8S_27",
    "C-0074",
    "docker-sock",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.11",
    "NSA/CISA",
    "MITRE T1610",
)
RULES = {
    NAME: (
        "Whoever may speak to the socket of Docker, containerd, CRI-O or Podman starts "
        "privileged containers beside Kubernetes: it is root on the node, unseen by the API "
        "server. Build images with a builder that needs no socket (buildah, BuildKit "
        "rootless)."
    )
}
BAD = (
    workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/var/run/docker.sock"}}]}),
    workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/run/containerd/"}}]}),
)
GOOD = (workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/var/log"}}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, name, path in host_paths(pod):
            if is_runtime_socket(path):
                yield told(
                    pod,
                    f"volume {name} is {path} of the node"[:200],
                    "volumes",
                    number,
                    "hostPath",
                    "path",
                    key=name,
                )
