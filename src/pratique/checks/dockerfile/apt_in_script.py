"""Find RUNs that use apt, which is made for people."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "apt-in-script"
TITLE = "apt is used in a build, not apt-get"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DL3027",
    "CKV_DOCKER_9",
)
RULES = {
    NAME: (
        "apt is the program for a terminal: its options and its output change between releases, "
        "and it says so itself. In a build use apt-get or apt-cache, which stay as they are."
    )
}
_SAME = frozenset(
    {"autoclean", "autoremove", "clean", "install", "purge", "remove", "update", "upgrade"}
)
BAD = ("FROM debian:12\nRUN apt update && apt install -y curl\n",)
GOOD = (
    "FROM debian:12\nRUN apt-get update && apt-cache policy curl\n",
    "FROM debian:12\nRUN echo apt\n",
)
FIXED = (
    (
        "FROM debian:12\nRUN apt update && apt install -y curl\n",
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
    ),
)


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each command; those that apt-get knows as well are mended."""
    for _, command in scene.commands("apt"):
        program = command.words[0]
        exact = command.verb in _SAME and program.raw == "apt"
        yield scene.at_span(
            command.span,
            f"apt {command.verb[:20]} is for terminals",
            key=" ".join(command.plain)[:80],
            edits=(scene.edit(program.span, "apt-get"),) if exact else (),
            remedy="use apt-get",
        )
