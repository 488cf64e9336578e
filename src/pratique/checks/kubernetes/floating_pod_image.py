"""Find images named by the tag latest or by none."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "floating-pod-image"
TITLE = "an image is named by a tag that moves"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0013",
    "CKV_K8S_14",
    "latest-tag",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA",)
RULES = {
    NAME: (
        "latest, or no tag at all, means another program from one day to the next: two "
        "replicas may differ, and there is nothing to go back to. Name a version, best with "
        "its digest."
    )
}
BAD = (
    workload({"image": "nginx"}),
    workload({"image": "registry.example:5000/nginx:latest"}),
)
GOOD = (
    workload({"image": "nginx:1.27"}),
    workload({"image": "nginx@sha256:" + "0" * 64}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        image = one.image
        tag = image.rpartition("/")[2].partition(":")[2]
        if image and "@" not in image and tag in ("", "latest") and "$" not in image:
            yield told(one, f"its image is {image}"[:200], "image")
