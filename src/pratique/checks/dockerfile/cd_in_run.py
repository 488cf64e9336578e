"""Report that RUN changes the folder with cd."""

from collections.abc import Iterator

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "cd-in-run"
TITLE = "RUN changes the folder with cd"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3003",
    "DS-0013",
    "AVD-DS-0013",
)
PEDANTIC = True
RULES = {
    NAME: (
        "A cd in RUN holds to the end of that RUN only; the next one begins in WORKDIR again. "
        "WORKDIR says it once, makes the folder, and holds for what follows. Inside one long "
        "RUN, or in brackets, cd is a matter of taste: this is told with --pedantic only."
    )
}
BAD = ("FROM debian:12\nRUN cd /tmp && make\n",)
GOOD = (
    "FROM debian:12\nWORKDIR /tmp\nRUN make\n",
    'FROM debian:12\nRUN make -C /tmp && echo "cd /x"\n',
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each RUN that changes its folder, at its first cd."""
    seen: set[int] = set()
    for run, one in scene.commands("cd"):
        if run.instruction.span.start not in seen:
            seen.add(run.instruction.span.start)
            yield scene.at_span(one.span, f"cd {' '.join(one.arguments)[:80]}")
