"""Find containers that do not say how much they need of processor time."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-cpu-request"
TITLE = "a container has no request of processor time"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0015",
    "CKV_K8S_10",
    "C-0268",
    "unset-cpu-requirements",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Resource policies",)
RULES = {
    NAME: (
        "Without a request the scheduler believes the pod needs nothing, and beside busy "
        "neighbours it gets next to nothing. Where a limit is set, the request is the same "
        "unless it says otherwise."
    )
}
BAD = (workload(),)
GOOD = (
    workload({"resources": {"requests": {"cpu": "1"}}}),
    workload({"resources": {"limits": {"cpu": "1"}}}),
    workload(spec={"initContainers": []}, container={"resources": {"requests": {"cpu": "1"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        if not (one.at("resources", "limits", "cpu") or one.at("resources", "requests", "cpu")):
            yield told(one, "has no request of cpu", "resources", "requests")
