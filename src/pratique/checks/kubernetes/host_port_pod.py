"""Find containers that open a port of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-port-pod"
TITLE = "a container opens a port of the node"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0024",
    "CKV_K8S_26",
    "C-0044",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.12",
    "NSA/CISA",
)
CONTROLS = ("hostports",)
RULES = {
    NAME: (
        "A hostPort listens on the address of every node the pod runs on, past Services and "
        "often past network policies, and only one such pod fits on a node. Use a Service, or "
        "a DaemonSet behind a load balancer."
    )
}
BAD = (workload({"ports": [{"containerPort": 80, "hostPort": 80}]}),)
GOOD = (
    workload({"ports": [{"containerPort": 80, "hostPort": 0}]}),
    workload({"ports": [{"containerPort": 80}]}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, port in enumerate(one.at("ports").items):
            if said := port.at("hostPort").number:
                yield told(
                    one,
                    f"opens the port {said} of the node",
                    "ports",
                    number,
                    "hostPort",
                    key=str(said),
                )
