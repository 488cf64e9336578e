"""Find workloads whose selector does not take their own pods."""

from collections.abc import Iterator

from pratique.checks.kubernetes._selecting import selects
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "selector-without-pods"
TITLE = "a workload's selector does not take its own pods"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "mismatching-selector",
    "C-0296",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The API server refuses a workload whose template lacks a label of its selector. Most "
        "often one of both was renamed and the other forgotten."
    )
}
BAD = (workload(selector={"matchLabels": {"app": "shop"}}),)
GOOD = (
    workload(),
    workload(selector=None, top={"kind": "Job", "apiVersion": "batch/v1"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        selector = pod.object.at("spec", "selector")
        kinds = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
        if pod.kind in kinds and selector.fields and not selects(selector, pod.labels):
            yield told(pod.object, "the selector does not take its own pods", "spec", "selector")
