"""Find short RUNs one after the other."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.tree import Instruction
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "consecutive-runs"
TITLE = "short RUNs follow each other"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3059",)
PEDANTIC = True
RULES = {
    NAME: (
        "Each RUN makes a layer. Short ones that follow each other can be one (joined by &&, or a "
        "here-document), so that what one makes and the next deletes does not ship. Several are "
        "as good where they are cached apart; this is a matter of taste. Only RUNs of one command "
        "with the same mounts are told."
    )
}
_FEW = 1
BAD = ("FROM debian:12\nRUN a\nRUN b\n",)
GOOD = (
    "FROM debian:12\nRUN a\nCOPY x /x\nRUN b\n",
    "FROM debian:12\nRUN a && b\nRUN d\n",
    "FROM debian:12\nRUN --mount=type=cache,target=/x a\nRUN b\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that could have been one with that before it."""
    before: Instruction | None = None
    few = {
        run.instruction.span.start: run.understood and len(run.commands) <= _FEW
        for run in scene.runs
    }
    for one in scene.file.instructions:
        if one.keyword != "RUN":
            before = None
            continue
        flags = [(flag.name, flag.value) for flag in one.flags]
        short = few.get(one.span.start, False)
        if before is not None and short and few.get(before.span.start, False):
            if flags != [(flag.name, flag.value) for flag in before.flags]:
                before = one
                continue
            yield scene.at_instruction(one, "could be one RUN with that before it")
            continue
        before = one
