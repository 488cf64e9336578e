"""Find containers that may take any amount of disk."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-disk-limit"
TITLE = "a container has no limit of disk"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("NSA/CISA Resource policies",)
PEDANTIC = True
RULES = {
    NAME: (
        "What a container writes to its own layer, logs and emptyDir is the node's disk. "
        "Without a limit one that is made to write fills it, and the kubelet evicts all pods "
        "of the node."
    )
}
BAD = (workload(),)
GOOD = (
    workload({"resources": {"limits": {"ephemeral-storage": "1"}}}),
    workload(
        spec={"initContainers": []}, container={"resources": {"limits": {"ephemeral-storage": "1"}}}
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        if not (one.at("resources", "limits", "ephemeral-storage")):
            yield told(one, "has no limit of ephemeral-storage", "resources", "limits")
