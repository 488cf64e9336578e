"""Report that a base image has no tag."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "untagged-base-image"
TITLE = "a base image has no tag"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3006",)
RULES = {
    NAME: (
        "FROM without a tag means latest, whatever that is on the day of the build: the same "
        "Dockerfile gives another image tomorrow, perhaps of another major version. Name a "
        "version, better a digest as well (FROM debian:12@sha256:…), and let a bot move it."
    )
}
BAD = (
    "FROM debian\n",
    "FROM registry.example:5000/a/b\n",
    "ARG I=debian\nFROM ${I}\n",
)
GOOD = (
    "FROM debian:12\n",
    "FROM scratch\n",
    "FROM a:1 AS x\nFROM x\n",
    "FROM a@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
    "ARG I\nFROM ${I}\n",
    "ARG V=12\nFROM debian:${V}\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each FROM whose image is no stage and has neither tag nor digest."""
    for stage in scene.stages:
        image = stage.image
        name = image.rpartition("/")[2]
        if stage.parent is not None or stage.missing or image.lower() == "scratch" or not image:
            continue
        if ":" not in name and "@" not in image:
            yield scene.at_span(stage.base.image.span, f"{image} means {image}:latest")
