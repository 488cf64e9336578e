"""Find copies of several files to a place that is not written as a folder."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "copy-to-no-folder"
TITLE = "several files are copied to what is no folder"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3021",
    "DS-0011",
)
RULES = {
    NAME: (
        "With more than one source the destination must be a folder, and be written with a slash "
        "at its end; otherwise the build stops. The same holds for sources with wildcards once "
        "they match more than one file."
    )
}
BAD = (
    "FROM alpine:3.22\nCOPY a b /app\n",
    'FROM alpine:3.22\nCOPY ["a", "b", "/app"]\n',
)
GOOD = (
    "FROM alpine:3.22\nCOPY a b /app/\n",
    "FROM alpine:3.22\nCOPY a /app\n",
    "FROM alpine:3.22\nWORKDIR /x\nCOPY a b .\n",
    "FROM alpine:3.22\nCOPY a b $DIR\n",
)
FIXED = (
    (
        "FROM alpine:3.22\nCOPY a b /app\n",
        "FROM alpine:3.22\nCOPY a b /app/\n",
    ),
    (
        'FROM alpine:3.22\nCOPY ["a", "b", "/app"]\n',
        'FROM alpine:3.22\nCOPY ["a", "b", "/app/"]\n',
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such instruction, COPY and ADD alike."""
    for one in scene.of("COPY", "ADD"):
        sources, target = sources_of(one, scene.file.escape)
        if target is None or len(sources) < 2 or "$" in target.raw or target.value in (".", ".."):
            continue
        if target.value.endswith(("/", "/.", "\\")):
            continue
        end = target.span.end - target.raw.endswith(('"', "'"))
        yield scene.at_span(
            target.span,
            f"{len(sources)} sources and no slash behind {target.value[:80]}",
            key=target.value[:80],
            edits=(Edit(scene.name, end, end, b"/"),),
            remedy="add a slash",
        )
