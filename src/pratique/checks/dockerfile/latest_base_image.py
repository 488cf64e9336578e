"""Report that a base image is tagged latest."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "latest-base-image"
TITLE = "a base image is tagged latest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3007",
    "DS-0001",
    "AVD-DS-0001",
    "CKV_DOCKER_7",
)
RULES = {
    NAME: (
        "The tag latest moves whenever its publisher likes: the same Dockerfile gives another "
        "image tomorrow, perhaps of another major version, and nobody can say later what was "
        "built. Name a version, better a digest as well (FROM debian:12@sha256:…), and let a "
        "bot move it."
    )
}
BAD = (
    "FROM debian:latest\n",
    "ARG T=latest\nFROM debian:$T\n",
)
GOOD = (
    "FROM debian:12\n",
    "FROM debian:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
    "FROM a:1 AS latest\nFROM latest\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each FROM whose image is tagged ``latest`` and has no digest."""
    for stage in scene.stages:
        if stage.parent is None and stage.image.endswith(":latest"):
            yield scene.at_span(stage.base.image.span, f"{stage.image} moves")
