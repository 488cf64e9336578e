"""Find FROM and AS in different letters."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.words import words_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "as-casing-differs"
TITLE = "FROM and AS are written differently"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("FromAsCasing",)
RULES = {
    NAME: (
        "FROM … as …: keywords are easier to see when all are written alike. BuildKit warns of "
        "it. Write both in capitals, or both small."
    )
}
BAD = (
    "FROM alpine:3.22 as build\n",
    "from alpine:3.22 AS build\n",
)
GOOD = (
    "FROM alpine:3.22 AS build\n",
    "from alpine:3.22 as build\n",
)
FIXED = (
    (
        "FROM alpine:3.22 as build\n",
        "FROM alpine:3.22 AS build\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such FROM."""
    for stage in scene.stages:
        keyword = stage.opening.keyword_span.of(scene.file.content)
        if stage.base.alias_word is None or not (keyword.isupper() or keyword.islower()):
            continue
        word = words_of(stage.opening.arguments, scene.file.escape)[1]
        wanted = "AS" if keyword.isupper() else "as"
        if word.raw != wanted:
            yield scene.at_span(
                word.span,
                f"{word.raw} stands with {keyword.decode()}",
                key=stage.name[:80],
                edits=(scene.edit(word.span, wanted),),
                remedy=f"write {wanted}",
            )
