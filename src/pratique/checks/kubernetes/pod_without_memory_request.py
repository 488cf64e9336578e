"""Find containers that do not say how much they need of memory."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-memory-request"
TITLE = "a container has no request of memory"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0016",
    "CKV_K8S_12",
    "C-0269",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Resource policies",)
RULES = {
    NAME: (
        "Without a request the scheduler believes the pod needs nothing, fills the node with "
        "others, and the kubelet evicts it first. Where a limit is set, the request is the "
        "same unless it says otherwise."
    )
}
BAD = (workload(),)
GOOD = (
    workload({"resources": {"requests": {"memory": "1"}}}),
    workload({"resources": {"limits": {"memory": "1"}}}),
    workload(spec={"initContainers": []}, container={"resources": {"requests": {"memory": "1"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        if not (
            one.at("resources", "limits", "memory") or one.at("resources", "requests", "memory")
        ):
            yield told(one, "has no request of memory", "resources", "requests")
