"""Find variables in FROM that no ARG before it declares."""

from collections.abc import Iterable
from difflib import get_close_matches

from pratique.checks.dockerfile._places import PLATFORM_ARGUMENTS, global_arguments
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "undefined-argument-in-from"
TITLE = "FROM uses a variable that nothing declares"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("UndefinedArgInFrom",)
RULES = {
    NAME: (
        "FROM sees only the ARGs before the first FROM. This variable is none of them, so it is "
        "empty: the build stops, or takes another image than was meant. Declare it above the "
        "first FROM."
    )
}
BAD = (
    "FROM alpine:${VERSION}\n",
    "ARG VERSON=1\nFROM alpine:$VERSION\n",
    "FROM alpine:3.22 AS a\nARG V=1\nFROM debian:$V\n",
)
GOOD = (
    "ARG V=12\nFROM debian:$V\n",
    "FROM --platform=$BUILDPLATFORM alpine:${V:-3.22}\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such variable."""
    known = global_arguments(scene) | PLATFORM_ARGUMENTS
    for stage in scene.stages:
        said = expand(stage.base.platform, dict.fromkeys(known, "x"), scene.file.escape)
        for name in sorted({*stage.missing, *said.missing} - known):
            near = get_close_matches(name, sorted(known), 1, 0.8)
            hint = f"; is {near[0][:80]} meant?" if near else ""
            note = f"{name[:80]} is not declared above the first FROM{hint}"
            yield scene.at_span(stage.base.image.span, note, key=name[:80])
