"""Find images that a service names by a tag alone."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-service-image"
TITLE = "a service names its image without a digest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Who can push to the registry can put other content behind the tag, and the next pull runs it. "
        "A digest (name:1.2.3@sha256:…) means one image for ever, and a signature or verdict is of a "
        "digest. Tools that move digests by pull request (Renovate, Dependabot) read Compose files."
    )
}
BAD = (service(image="nginx:1.27.4"), service())
GOOD = (
    service(image="nginx:1.27.4@sha256:" + "0" * 64),
    service(image="web:${TAG}"),
    service(image="web"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service that untagged-service-image does not tell of."""
    for one in scene.services:
        if ":" in one.image.rpartition("/")[2] and "@" not in one.image:
            yield scene.told(one, one.get("image"), "the image is not pinned by a digest")
