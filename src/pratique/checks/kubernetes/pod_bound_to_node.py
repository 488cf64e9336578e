"""Find pods that name the node they run on."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-bound-to-node"
TITLE = "a pod names its node"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "nodeName bypasses the scheduler, its taints, its resources and its policies; the pod "
        "waits for ever when that node is gone. Use node affinity."
    )
}
BAD = (workload(spec={"nodeName": "node-1"}),)
GOOD = (workload(spec={"nodeSelector": {"disk": "ssd"}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("nodeName").text:
            yield told(pod, "names its node", "nodeName")
