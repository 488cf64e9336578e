"""Find copies of files that the .dockerignore leaves out."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Sample, Scene
from pratique.formats.dockerfile.ignoring import Pattern, cleaned, leaves_out, patterns_of
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ignored-file-copied"
TITLE = "a file is copied that .dockerignore leaves out"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CopyIgnoredFile",)
RULES = {
    NAME: (
        "The .dockerignore takes this file out of the build context, so COPY does not find it and "
        "the build stops, or a wildcard silently finds less. Take it back in with a line that "
        "begins with !, or do not copy it."
    )
}
_OPEN = re.compile(r"[*?\[$]|<<")
BAD = (
    Sample(text="FROM alpine:3.22\nCOPY dist/app /app\n", ignored=("dist",)),
    Sample(text="FROM alpine:3.22\nADD ./.env /\n", ignored=("*", "!src")),
)
GOOD = (
    Sample(
        text="FROM alpine:3.22\nCOPY src /src\nCOPY . /x\nCOPY --from=a dist /\nADD https://x.example/a.md /\n",
        ignored=("*.md", "dist", "src/*", "!src/a"),
    ),
    Sample(text="FROM alpine:3.22\nCOPY src/a$X *.md <<E /y/\nE\n", ignored=("*", "!src")),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such source; those with wildcards or variables may find something."""
    patterns = patterns_of(scene.ignored)
    if not patterns:
        return
    for one in scene.of("COPY", "ADD"):
        if one.flag("from"):
            continue
        for word in sources_of(one, scene.file.escape)[0]:
            path = cleaned(word.value)
            open_ = _OPEN.search(word.value) or "://" in word.value
            if path and not open_ and leaves_out(patterns, path) and not _below(patterns, path):
                note = f"{path[:80]} is not in the context"
                yield scene.at_span(word.span, note, key=path[:80])


def _below(patterns: tuple[Pattern, ...], path: str) -> bool:
    """Say whether a later pattern takes something below the path back in."""
    parts = tuple(path.split("/"))
    return any(one.takes_in and one.parts[: len(parts)] == parts for one in patterns)
