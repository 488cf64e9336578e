"""Find steps that refresh the list of packages and install nothing."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, sample
from pratique.formats.shell_commands import Command
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "update-alone"
TITLE = "a step refreshes the list of packages and installs nothing"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-DI-0007", "CIS-Docker-4.7", "DS-0017")
RULES = {
    NAME: (
        "A step of the build runs apt-get update (or apk update, yum makecache…) alone. Builders keep "
        "the result of a step: the next build takes the old list and installs old packages from it, "
        "with flaws that were mended long ago. Refresh and install in one RUN, and delete the lists "
        "in the same one: apt-get update && apt-get install -y --no-install-recommends NAME && rm "
        "-rf /var/lib/apt/lists/*."
    )
}


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


_LISTS = {
    "apt-get": ("update",),
    "apt": ("update",),
    "aptitude": ("update",),
    "apk": ("update",),
} | dict.fromkeys(("yum", "dnf", "microdnf", "tdnf"), ("makecache", "check-update"))
_USES = frozenset(
    {"add", "build-dep", "dist-upgrade", "download", "full-upgrade", "fix", "install", "upgrade"}
    | {
        "update",
        "source",
        "groupinstall",
        "localinstall",
        "reinstall",
        "distro-sync",
        "safe-upgrade",
    }
)
FIRES = (
    sample(history=_ran("apt-get update")),
    sample(history=_ran("apt-get -qq update && rm -rf /x")),
    sample(history=_ran("apk update")),
)
SILENT = (
    sample(history=_ran("apt-get update && apt-get install -y curl")),
    sample(history=_ran("set -eux; apt update; apt -y upgrade")),
    sample(history=_ran("yum update -y && apk add --update x")),
    sample(history=_ran("update-ca-certificates")),
    sample(history=_ran("apt-get update && ./install-dependencies.sh")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with the programs."""
    found = []
    for step in scene.steps:
        ran = step.commands
        alone = [command.program for command in ran if _refreshes(command)]
        if alone and not any(_uses(command) for command in ran):
            found.append((step, f"{alone[0]} {'update' if 'ap' in alone[0] else 'makecache'}"))
    return scene.in_steps(found)


def _refreshes(command: Command) -> bool:
    verbs = _LISTS.get(command.program, ())
    return any(word in verbs for word in command.arguments)


def _uses(command: Command) -> bool:
    """Say whether a command may install: a package manager's verb, or a program of unknown means."""
    if command.program in _LISTS:
        return not _refreshes(command) and not _USES.isdisjoint(command.arguments)
    return "/" in (command.words[0] if command.words else "") or "install" in command.program
