"""Find containers that may take any amount of memory."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-memory-limit"
TITLE = "a container has no limit of memory"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0018",
    "CKV_K8S_13",
    "C-0271",
    "unset-memory-requirements",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Resource policies",)
RULES = {
    NAME: (
        "A container without a limit takes the node's memory when it leaks or is made to, and "
        "the kernel then kills whatever it likes, other pods too. Set it to what the program "
        "needs at its worst."
    )
}
BAD = (workload(),)
GOOD = (
    workload({"resources": {"limits": {"memory": "1"}}}),
    workload(spec={"initContainers": []}, container={"resources": {"limits": {"memory": "1"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        if not (one.at("resources", "limits", "memory")):
            yield told(one, "has no limit of memory", "resources", "limits")
