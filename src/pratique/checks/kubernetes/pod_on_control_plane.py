"""Find pods that may be placed among the cluster's own masters."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-on-control-plane"
TITLE = "a pod may run on the control plane's nodes"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1611",)
RULES = {
    NAME: (
        "A toleration or selector lets the pod run where the API server and etcd run. A way "
        "out of that container leads to the keys of the cluster. Only what belongs to the "
        "cluster itself has business there, so kube-system is left alone."
    )
}
LABELS = ("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master")
BAD = (
    workload(
        spec={
            "tolerations": [{"key": "node-role.kubernetes.io/control-plane", "operator": "Exists"}]
        }
    ),
    workload(spec={"nodeSelector": {"node-role.kubernetes.io/master": ""}}),
)
GOOD = (workload(spec={"tolerations": [{"key": "gpu", "operator": "Exists"}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.object.namespace == "kube-system":
            continue
        for number, one in enumerate(pod.at("tolerations").items):
            if one.at("key").text in LABELS:
                yield told(
                    pod, f"tolerates {one.at('key').text}", "tolerations", number, key=str(number)
                )
        for label in LABELS:
            if label in pod.at("nodeSelector").fields:
                yield told(pod, f"asks for nodes with {label}", "nodeSelector", label, key=label)
