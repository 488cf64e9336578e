"""Find builds that bring the whole distribution to another state by apt."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "apt-upgrades-everything"
TITLE = "apt upgrades the whole distribution"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DS-0024",
    "DKL-DI-0003",
)
RULES = {
    NAME: (
        "apt-get dist-upgrade (full-upgrade) may remove packages and takes every other to what "
        "the repository has that day: two builds of one Dockerfile differ widely. Take a newer "
        "base image instead, and name what else must be newer. A plain upgrade, by which the "
        "fixes of a distribution come in, is not told."
    )
}
BAD = (
    "FROM debian:12\nRUN apt-get update && apt-get -y dist-upgrade\n",
    "FROM debian:12\nRUN apt full-upgrade -y\n",
)
GOOD = (
    "FROM debian:12\nRUN apt-get update && apt-get -y upgrade\n",
    "FROM debian:12\nRUN apt-get install -y dist-upgrade-helper\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands("apt-get", "apt", "aptitude"):
        if command.verb in ("dist-upgrade", "full-upgrade"):
            yield scene.at_span(
                command.span, f"{command.program} {command.verb} upgrades everything"
            )
