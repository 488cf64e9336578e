"""Find instructions that stand before the first FROM."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "instruction-before-from"
TITLE = "an instruction stands before the first FROM"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3061",)
RULES = {
    NAME: (
        "Before the first FROM only ARG, comments and parser directives may stand. Anything else "
        "belongs to no stage, and the build stops. Move it below a FROM."
    )
}
BAD = (
    "RUN true\nFROM debian:12\n",
    "ENV A=1\n",
)
GOOD = (
    "ARG V=12\nFROM debian:$V\nRUN true\n",
    "# syntax=docker/dockerfile:1\nFROM debian:12\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such instruction."""
    for one in scene.file.instructions:
        if one.keyword == "FROM":
            return
        if one.keyword != "ARG":
            yield scene.at_instruction(
                one, f"{one.keyword[:40]} stands before any FROM", key=one.keyword[:40]
            )
