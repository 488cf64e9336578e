"""Find pods that use the network of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-network-pod"
TITLE = "a pod uses the network of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0009",
    "CKV_K8S_19",
    "C-0041",
    "host-network",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.5",
    "NSA/CISA Pod security",
    "MITRE T1557",
)
CONTROLS = ("hostnamespaces",)
RULES = {
    NAME: (
        "With hostNetwork the containers listen on the node's addresses, reach what listens "
        "on its loopback (the kubelet, a cloud's metadata service) and may see the traffic of "
        "others; network policies do not hold them. Use a Service, or a hostPort where "
        "nothing else will do."
    )
}
BAD = (workload(spec={"hostNetwork": True}),)
GOOD = (workload(spec={"hostNetwork": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("hostNetwork").truth:
            yield told(pod, "hostNetwork is true", "hostNetwork")
