"""Find names of stages with capital letters."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "uppercase-stage-name"
TITLE = "the name of a stage has capital letters"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("StageNameCasing",)
RULES = {
    NAME: (
        "Stages are compared without regard to capitals, images are not: with a capital letter in "
        "its name a stage cannot be told apart from one written small, and FROM name may look "
        "like an image. Write the name small; places that use it need no change."
    )
}
BAD = ("FROM alpine:3.22 AS Build\n",)
GOOD = (
    "FROM alpine:3.22 AS build\n",
    "FROM alpine:3.22 AS build-$ARCH\n",
)
FIXED = (
    (
        "FROM alpine:3.22 AS Build\n",
        "FROM alpine:3.22 AS build\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such name."""
    for stage in scene.stages:
        word = stage.base.alias_word
        if word is not None and "$" not in word.raw and word.raw != word.raw.lower():
            yield scene.at_span(
                word.span,
                f"{word.value[:80]} has capital letters",
                key=stage.name[:80],
                edits=(scene.edit(word.span, word.raw.lower()),),
                remedy="write it small",
            )
