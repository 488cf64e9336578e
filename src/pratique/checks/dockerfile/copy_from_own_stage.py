"""Find files that a stage takes from itself."""

from collections.abc import Iterable

from pratique.checks.dockerfile._places import in_stages, is_stage
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.reading import stages_named
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "copy-from-own-stage"
TITLE = "a stage takes files from itself"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3023",
    "DS-0006",
)
RULES = {
    NAME: (
        "COPY --from names the stage in which it stands. A stage cannot take files from itself: "
        "the build stops, or an image of that name is fetched from the registry. Name an earlier "
        "stage, or leave --from away."
    )
}
BAD = (
    "FROM alpine:3.22 AS build\nCOPY --from=build /a /b\n",
    "FROM alpine:3.22\nCOPY --from=0 /a /b\n",
)
GOOD = ("FROM alpine:3.22 AS build\nFROM alpine:3.22 AS run\nCOPY --from=build /a /b\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such instruction."""
    for stage, one, _ in in_stages(scene, "COPY", "ADD", "RUN"):
        for name in stages_named(one):
            plain = name.strip("\"'").lower()
            earlier = is_stage(scene, plain, stage.index) and not plain.isdigit()
            own = plain == str(stage.index) or (stage.name and plain == stage.name)
            if own and not earlier:
                yield scene.at_instruction(one, f"stage {plain[:80]} takes files from itself")
