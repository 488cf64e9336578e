"""Find workloads placed among the cluster's own."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "workload-in-system-namespace"
TITLE = "a workload is placed in a namespace of the cluster itself"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("KSV-0037",)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Policies leave kube-system out so that the cluster can start, and its accounts may "
        "do much. What is placed there lives without rules beside them. Use a namespace of "
        "its own."
    )
}
BAD = (workload(top={"metadata": {"namespace": "kube-system"}}),)
GOOD = (workload(),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.object.namespace in ("kube-system", "kube-public", "kube-node-lease"):
            yield told(pod.object, f"is placed in {pod.object.namespace}", "metadata", "namespace")
