"""Find stages with a name that means something else."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "reserved-stage-name"
TITLE = "a stage has a reserved name"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3063",
    "ReservedStageName",
)
RULES = {
    NAME: (
        "scratch means the empty image and context the files around the Dockerfile; a stage of "
        "that name cannot be told from them. Give the stage another name, and change it where it "
        "is used."
    )
}
BAD = (
    "FROM alpine:3.22 AS scratch\n",
    "FROM alpine:3.22 as Context\n",
)
GOOD = ("FROM scratch AS base\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such stage."""
    for stage in scene.stages:
        word = stage.base.alias_word
        if word is not None and stage.name in ("scratch", "context"):
            yield scene.at_span(word.span, f"{stage.name} is a reserved name", key=stage.name)
