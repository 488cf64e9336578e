"""Find images in whose build both wget and curl are used."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wget-and-curl"
TITLE = "both wget and curl are used"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL4001",
    "DS-0014",
)
PEDANTIC = True
RULES = {
    NAME: (
        "Two programs that do the same are two to keep up to date. Where one is enough, install "
        "and use only that one. Told once for each stage, at the RUN where the second one comes."
    )
}
BAD = ("FROM debian:12\nRUN wget -q https://x.example/a\nRUN curl -fO https://x.example/b\n",)
GOOD = (
    "FROM debian:12\nRUN wget -q https://x.example/a\n",
    "FROM debian:12\nRUN wget -q https://x.example/a\nFROM debian:12\nRUN curl -f https://x.example/b\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each stage."""
    seen: dict[int, set[str]] = {}
    for run, command in scene.commands("curl", "wget"):
        programs = seen.setdefault(run.stage, set())
        if programs and command.program not in programs and len(programs) == 1:
            (other,) = programs
            yield scene.at_span(
                command.span, f"{command.program} is used after {other}", key=str(run.stage)
            )
        programs.add(command.program)
