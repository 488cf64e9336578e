"""Find stages that ask for the platform that they get anyway."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import without_flag
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "redundant-platform"
TITLE = "a stage asks for the platform it gets anyway"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3065",
    "RedundantTargetPlatform",
)
RULES = {
    NAME: (
        "FROM --platform=$TARGETPLATFORM is what a build does without being told. The flag only "
        "makes readers look for a reason. Leave it away."
    )
}
BAD = (
    "FROM --platform=$TARGETPLATFORM alpine:3.22\n",
    "FROM --platform=${TARGETPLATFORM} alpine:3.22 AS x\n",
)
GOOD = (
    "FROM --platform=$BUILDPLATFORM alpine:3.22\n",
    "FROM alpine:3.22\n",
)
FIXED = (
    (
        "FROM --platform=$TARGETPLATFORM alpine:3.22\n",
        "FROM alpine:3.22\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such flag."""
    for stage in scene.stages:
        for flag in stage.opening.flags:
            if flag.name == "platform" and flag.value in ("$TARGETPLATFORM", "${TARGETPLATFORM}"):
                yield scene.at_span(
                    flag.span,
                    "a build is for $TARGETPLATFORM anyway",
                    key=str(stage.index),
                    edits=without_flag(scene, flag),
                    remedy="leave it away",
                )
