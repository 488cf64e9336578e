"""Find base images without a digest."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "base-image-without-digest"
TITLE = "the base image is not pinned to a digest"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-4.2",)
PEDANTIC = True
RULES = {
    NAME: (
        "A tag is a name that its owner moves: tomorrow's build of the same Dockerfile has "
        "another base. A digest (debian:12@sha256:…) means one image for ever, and is what "
        "signatures are made for; something must then update it, or flaws stay. pratique fix "
        "proposes digests."
    )
}
BAD = (
    "FROM debian:12\n",
    "ARG V=1\nFROM a.example/b:$V\n",
)
GOOD = (
    "FROM debian:12@sha256:abababababababababababababababababababababababababababababababab AS x\nFROM x\nFROM scratch\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each base that is an image."""
    for stage in scene.stages:
        image = stage.image
        outside = stage.parent is None and image.lower() != "scratch" and not stage.missing
        if outside and image and "@" not in image:
            note = f"{image[:80]} may be another image tomorrow"
            yield scene.at_span(stage.base.image.span, note, key=image[:80])
