"""Find containers that may take any amount of processor time."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-cpu-limit"
TITLE = "a container has no limit of processor time"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "KSV-0011",
    "CKV_K8S_11",
    "C-0270",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Resource policies",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a limit a container may use all that is idle, which is often wanted: a limit "
        "slows programs down while processors are free. It matters where tenants share nodes, "
        "or somebody may be made to compute."
    )
}
BAD = (workload(),)
GOOD = (
    workload({"resources": {"limits": {"cpu": "1"}}}),
    workload(spec={"initContainers": []}, container={"resources": {"limits": {"cpu": "1"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        if not (one.at("resources", "limits", "cpu")):
            yield told(one, "has no limit of cpu", "resources", "limits")
