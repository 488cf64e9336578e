"""Find RUNs that fetch the lists of packages and install nothing."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.shell import Command
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "update-without-install"
TITLE = "the lists of packages are fetched in a RUN of their own"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "DS-0017",
    "CKV_DOCKER_5",
    "CIS-DI-0007",
    "CIS-Docker-4.7",
)
RULES = {
    NAME: (
        "The layer of a RUN that only updates the lists of packages is kept and used again by "
        "later builds, for months: an install in the next RUN then gets old packages with known "
        "flaws, or fails. Update and install in one RUN, joined by &&."
    )
}
_MANAGERS = frozenset({"apt-get", "apt", "aptitude", "apk"})
_VERBS = frozenset({"update"})
_IDLE = frozenset({"echo", "set", "true", "rm", "cat", ":", "export"})
"""Programs that install nothing."""
BAD = (
    "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n",
    "FROM alpine:3.22\nRUN apk update\n",
)
GOOD = (
    "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
    "FROM alpine:3.22\nRUN apk update && apk add curl\n",
    "FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n",
    "FROM debian:12\nRUN apt-get update && ./install.sh\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each RUN that does nothing else; scripts may install, so they silence it."""
    for run in scene.runs:
        updates = [one for one in run.commands if _updates(one)]
        if updates and all(_updates(one) or one.program in _IDLE for one in run.commands):
            yield scene.at_span(
                updates[0].span, f"{updates[0].program} {updates[0].verb} stands alone in its layer"
            )


def _updates(command: Command) -> bool:
    return command.program in _MANAGERS and command.verb in _VERBS
