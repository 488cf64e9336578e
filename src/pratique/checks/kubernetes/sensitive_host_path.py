"""Find volumes by which a pod reaches what rules the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes._host_paths import host_paths, is_sensitive
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "sensitive-host-path"
TITLE = "a volume reaches what rules the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0121",
    "sensitive-host-mounts",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.11",
    "MITRE T1611",
)
RULES = {
    NAME: (
        "The folder holds what the node trusts: its root, /etc, the processes, the kubelet's "
        "keys and pods, the engine's containers, the kernel's switches. Reading it gives away "
        "credentials of all pods on the node, writing it gives the node. Mount the one file "
        "that is needed, readOnly, or nothing."
    )
}
BAD = (
    workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/etc"}}]}),
    workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/var/lib/kubelet/pki"}}]}),
)
GOOD = (workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, name, path in host_paths(pod):
            if is_sensitive(path):
                yield told(
                    pod,
                    f"volume {name} is {path} of the node"[:200],
                    "volumes",
                    number,
                    "hostPath",
                    "path",
                    key=name,
                )
