"""Find pods that go onto any node, whatever it is kept for."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-tolerates-everything"
TITLE = "a pod tolerates every taint"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1611",)
RULES = {
    NAME: (
        "A toleration without a key that says Exists fits every taint: the pod runs on the "
        "control plane, on nodes kept for others, and stays on nodes that are not well. Name "
        "the taints it has to bear. DaemonSets in kube-system are left alone."
    )
}
BAD = (workload(spec={"tolerations": [{"operator": "Exists"}]}),)
GOOD = (
    workload(spec={"tolerations": [{"operator": "Exists", "key": "gpu"}]}),
    workload(spec={"tolerations": []}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.object.namespace == "kube-system" and pod.kind == "DaemonSet":
            continue
        for number, one in enumerate(pod.at("tolerations").items):
            if one.at("operator").text == "Exists" and not one.at("key").text:
                yield told(pod, "tolerates every taint", "tolerations", number)
