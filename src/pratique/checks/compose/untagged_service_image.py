"""Find images that a service names without a tag, or by a tag that moves."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "untagged-service-image"
TITLE = "a service runs whatever image is newest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.28",)
RULES = {
    NAME: (
        "The image has no tag, or one that says latest (or edge, nightly, main, master, dev): two hosts "
        "run two different programs, yesterday's cannot be had back, and nothing shows when a new "
        "release brings a flaw. Name a version, better with its digest "
        "(name:1.2.3@sha256:…), and let a bot move it."
    )
}
_MOVING = frozenset({"latest", "edge", "nightly", "main", "master", "dev", "develop", "unstable"})
BAD = (
    service(image="nginx"),
    service(image="registry.example:5000/team/web:latest"),
    service(image="web:${TAG:-latest}"),
)
GOOD = (
    service(image="nginx:1.27.4"),
    service(image="nginx@sha256:" + "0" * 64),
    service(image="web:${TAG}"),
    "services:\n  web:\n    image: web\n    build: .\n",
    service("pull_policy: build", image="web:latest"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service that is not built here."""
    for one in scene.services:
        image = one.image
        if not image or "@" in image or one.get("pull_policy").text in ("build", "never"):
            continue
        tag = image.rpartition("/")[2].partition(":")[2]
        if not tag or tag in _MOVING:
            said = f"the tag {tag} moves" if tag else "the image has no tag"
            yield scene.told(one, one.get("image"), said)
