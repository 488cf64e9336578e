"""Find containers that name no image."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-pod-image"
TITLE = "a container names no image"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Without an image the API server refuses the pod, unless something fills it in: a "
        "webhook, or a tool that comes after. What will run cannot be judged here."
    )
}
BAD = (workload({"image": None}),)
GOOD = (workload(),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if not one.image:
            yield told(one, "names no image", "image")
