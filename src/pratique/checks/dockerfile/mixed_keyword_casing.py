"""Find keywords that are not written as the others are."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Instruction
from pratique.formats.dockerfile.words import words_of
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "mixed-keyword-casing"
TITLE = "keywords are written in different letters"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("ConsistentInstructionCasing",)
RULES = {
    NAME: (
        "Keywords may be written in capitals or small, and a file is easier to read when all are "
        "alike. BuildKit warns of those that differ from the most. Nothing that is built changes."
    )
}
BAD = (
    "FROM alpine:3.22\nRun true\n",
    "from alpine:3.22\nrun a\nCOPY a b\n",
)
GOOD = (
    "FROM alpine:3.22\nRUN true\n",
    "from alpine:3.22\nrun true\n",
)
FIXED = (
    (
        "FROM alpine:3.22\nRun true\n",
        "FROM alpine:3.22\nRUN true\n",
    ),
    (
        "from alpine:3.22 as x\nRUN a\nRUN b\n",
        "FROM alpine:3.22 AS x\nRUN a\nRUN b\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each keyword that differs from the most."""
    content = scene.file.content
    words = [one.keyword_span.of(content) for one in scene.file.instructions]
    small = sum(word.islower() for word in words) > sum(word.isupper() for word in words)
    for one, word in zip(scene.file.instructions, words, strict=True):
        wanted = word.lower() if small else word.upper()
        if word != wanted:
            span = one.keyword_span
            edits = (Edit(scene.name, span.start, span.end, wanted), *_as(scene, one, small=small))
            yield scene.at_span(
                span,
                f"{word.decode(errors='replace')[:40]} is not written as the others are",
                key=one.keyword[:40] + one.text[:40],
                edits=edits,
                remedy="write it alike",
            )


def _as(scene: Scene, one: Instruction, *, small: bool) -> tuple[Edit, ...]:
    """Return the edit by which AS goes on being written as FROM is."""
    words = words_of(one.arguments, scene.file.escape) if one.keyword == "FROM" else ()
    if len(words) != 3 or words[1].raw.upper() != "AS":
        return ()
    return (scene.edit(words[1].span, "as" if small else "AS"),)
