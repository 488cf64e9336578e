"""Find copies of a stage's whole file system."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages, root_image
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import sources_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "whole-filesystem-copied"
TITLE = "the whole file system of a stage is copied"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3067",)
RULES = {
    NAME: (
        "COPY --from=x / / takes everything that the other stage holds: its caches, its tools, "
        "its users and its secrets. What a second stage was made to leave behind is in the image "
        "again. Name the files that are needed. Into scratch it serves to make one layer of many; "
        "then build with --squash, or copy by name."
    )
}
BAD = ("FROM debian:12 AS a\nFROM alpine:3.22\nCOPY --from=a / /\n",)
GOOD = ("FROM debian:12 AS a\nFROM alpine:3.22\nCOPY --from=a /app /app\nCOPY / /\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such COPY; into scratch it is negligible."""
    for stage, one, _ in in_stages(scene, "COPY"):
        sources, target = sources_of(one, scene.file.escape)
        whole = any(word.value == "/" for word in sources)
        if whole and target is not None and target.value == "/" and one.flag("from"):
            empty = root_image(scene, stage.index).lower() == "scratch"
            yield scene.at_instruction(
                one,
                f"everything of {(one.flag('from') or '')[:80]}",
                severity=Severity.NEGLIGIBLE if empty else None,
            )
