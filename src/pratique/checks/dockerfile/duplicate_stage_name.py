"""Find stages that have the name of another one."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "duplicate-stage-name"
TITLE = "two stages have one name"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3024",
    "DuplicateStageName",
    "DS-0012",
    "CKV_DOCKER_11",
)
RULES = {
    NAME: (
        "Two stages have the same name; upper and lower case make no difference. A later COPY "
        "--from or --target means the last one, or the build stops: which files come into the "
        "image hangs on the order of lines. Give each stage a name of its own."
    )
}
BAD = ("FROM alpine:3.22 AS build\nFROM debian:12 AS Build\n",)
GOOD = ("FROM alpine:3.22 AS build\nFROM debian:12 AS run\nFROM debian:12\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each stage whose name was there before."""
    seen: dict[str, int] = {}
    for stage in scene.stages:
        word = stage.base.alias_word
        if word is None:
            continue
        if stage.name in seen:
            line = scene.line_of(scene.stages[seen[stage.name]].opening.span.start)
            note = f"the stage in line {line} is called {stage.name[:80]} too"
            yield scene.at_span(word.span, note, key=stage.name[:80])
        seen.setdefault(stage.name, stage.index)
