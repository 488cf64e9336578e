"""Find empty lines within an instruction."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import line_span
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "empty-continuation"
TITLE = "an empty line stands within an instruction"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("NoEmptyContinuation",)
RULES = {
    NAME: (
        "A line that ends with the escape mark goes on in the next; where that one is empty, "
        "builders still go on, with a warning, and will stop doing so: the rest of the "
        "instruction will then be an instruction of its own. Delete the empty line, or write a "
        "comment there."
    )
}
BAD = ("FROM alpine:3.22\nRUN a \\\n\n  && b\n",)
GOOD = (
    "FROM alpine:3.22\nRUN a \\\n  # c\n  && b\n",
    "FROM alpine:3.22\nRUN <<E\n\na\nE\n",
)
FIXED = (
    (
        "FROM alpine:3.22\nRUN a \\\n\n  \n  && b\n",
        "FROM alpine:3.22\nRUN a \\\n  && b\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each instruction with such lines."""
    for one in scene.file.instructions:
        spans = [line_span(scene, number) for number in one.empty_lines]
        if spans:
            edits = tuple(Edit(scene.name, span.start, span.end, b"") for span in spans)
            yield scene.at_span(
                spans[0],
                f"{one.keyword[:40]} goes on behind an empty line",
                key=one.text[:80],
                edits=edits,
                remedy="delete the empty line",
            )
