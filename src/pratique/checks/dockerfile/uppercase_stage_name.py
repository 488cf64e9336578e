"""Find names of stages with capital letters."""

from collections.abc import Iterable, Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.stages import Stage
from pratique.model.edit import Edit
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
    (
        "FROM alpine:3.22 AS Build\nFROM BUILD\nCOPY --from=Build /a /b\n",
        "FROM alpine:3.22 AS build\nFROM build\nCOPY --from=build /a /b\n",
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
                edits=(scene.edit(word.span, word.raw.lower()), *_mentions(scene, stage)),
                remedy="write it small",
            )


def _mentions(scene: Scene, stage: Stage) -> Iterator[Edit]:
    """Yield what writes the name small where later stages say it: not every builder folds letters."""
    for later in scene.stages[stage.index + 1 :]:
        image = later.base.image
        if image.raw.lower() == stage.name and image.raw != stage.name:
            yield scene.edit(image.span, stage.name)
        for one in later.instructions:
            for flag in one.flags if one.keyword == "COPY" else ():
                value = flag.value or ""
                if flag.name == "from" and value.lower() == stage.name and value != stage.name:
                    yield scene.edit(flag.span, f"--from={stage.name}")
