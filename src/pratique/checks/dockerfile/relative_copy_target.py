"""Find copies to a relative place in a stage that sets no working directory."""

import re
from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.formats.dockerfile.stages import Stage, chain_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "relative-copy-target"
TITLE = "files are copied to a place that the base image decides"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("DL3045",)
RULES = {
    NAME: (
        "A relative destination stands below the working directory, and this stage sets none: "
        "where the files come to lie is the base image's business, / unless it says otherwise. A "
        "newer base may say something else. Set WORKDIR before, or write the whole path."
    )
}
_ABSOLUTE = re.compile(r"[/\\\\$%]|[A-Za-z]:")
BAD = (
    "FROM alpine:3.22\nCOPY a b/\n",
    "FROM alpine:3.22\nCOPY . .\n",
    "FROM alpine:3.22\nADD a.tgz lib/\n",
)
GOOD = (
    "FROM alpine:3.22\nWORKDIR /app\nCOPY . .\n",
    "FROM alpine:3.22 AS a\nWORKDIR /x\nFROM a\nCOPY a .\n",
    "FROM alpine:3.22\nCOPY a /b/\n",
    "FROM alpine:3.22\nCOPY a $DIR/\n",
    "FROM mcr.microsoft.com/windows/servercore:ltsc2025\nCOPY a C:/a\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such COPY and ADD."""
    placed: dict[int, bool] = {}
    for stage, one, _ in in_stages(scene, "WORKDIR", "COPY", "ADD"):
        below = _placed_below(scene, stage, placed)
        placed.setdefault(stage.index, below)
        if one.keyword == "WORKDIR":
            placed[stage.index] = True
            continue
        _, target = sources_of(one, scene.file.escape)
        if target is None or placed[stage.index] or _ABSOLUTE.match(target.value):
            continue
        note = f"{target.value[:80]} is relative to what the base image says"
        yield scene.at_span(target.span, note, key=f"{stage.index} {target.value[:80]}")


def _placed_below(scene: Scene, stage: Stage, placed: dict[int, bool]) -> bool:
    """Say whether a stage that this one is built on has set a working directory."""
    return any(placed.get(one.index) for one in chain_of(scene.stages, stage)[:-1])
