"""Find pods that nobody starts again."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "naked-pod"
TITLE = "a pod belongs to no workload"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("C-0073",)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "A Pod made by hand is gone when its node is. A Deployment, a StatefulSet or a Job "
        "makes another one, and can be rolled out and back."
    )
}
BAD = (manifest("Pod", spec={"containers": [{"image": "a"}]}),)
GOOD = (workload(),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Pod"):
        yield told(one, "is a Pod of its own", "kind")
