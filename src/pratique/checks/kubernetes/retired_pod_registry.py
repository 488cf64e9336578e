"""Find images from registries that have been closed."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "retired-pod-registry"
TITLE = "an image comes from a registry that has been closed"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("C-0253",)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "k8s.gcr.io has been frozen since April 2023 (use registry.k8s.io), gcr.io's "
        "Container Registry was shut down in 2025 in favour of Artifact Registry, and the old "
        "names of closed registries may one day belong to somebody else. What is there gets "
        "no fixes."
    )
}
CLOSED = (
    "k8s.gcr.io/",
    "gcr.io/google-containers/",
    "gcr.io/google_containers/",
    "docker.pkg.github.com/",
)
BAD = (workload({"image": "k8s.gcr.io/pause:3.9"}),)
GOOD = (workload({"image": "registry.k8s.io/pause:3.9"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if one.image.startswith(CLOSED):
            yield told(one, f"its image is {one.image}"[:200], "image")
