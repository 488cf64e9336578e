"""Find base images that have no valid name unless an argument is given."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile._places import global_arguments
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "invalid-argument-default"
TITLE = "without an argument the base image has no name"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("InvalidDefaultArgInFrom",)
RULES = {
    NAME: (
        "The ARG that FROM uses has no default, and without one the name of the base image is "
        "empty or ends in a colon: a plain docker build stops, and so do tools that read the "
        "file. Give the ARG a default, or write ${NAME:-default}."
    )
}
_LONGEST = 1024
_NAME = re.compile(
    r"[a-zA-Z0-9](?:[a-zA-Z0-9_-]|[.](?![./:@]))*(?::[0-9]+(?=/))?(?:/[a-z0-9](?:[a-z0-9_-]|[.](?![./:@]))*)*"
    r"(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?(?:@[a-z0-9]+:[0-9a-f]{32,})?"
)
BAD = (
    "ARG TAG\nFROM alpine:$TAG\n",
    "ARG IMAGE\nFROM $IMAGE\n",
)
GOOD = (
    "ARG TAG=3.22\nFROM alpine:$TAG\n",
    "ARG V\nFROM alpine:3.22$V\n",
    "ARG R\nFROM ${R:-docker.io}/alpine:3\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each FROM whose image is no name when nothing is given."""
    known = global_arguments(scene)
    for stage in scene.stages:
        missing = [name for name in stage.missing if name in known]
        if missing and not _NAME.fullmatch(stage.image[:_LONGEST]):
            note = f"{missing[0][:80]} has no default"
            yield scene.at_span(stage.base.image.span, note, key=missing[0][:80])
