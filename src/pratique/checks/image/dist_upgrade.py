"""Find steps that upgrade the whole distribution."""

from collections.abc import Iterable, Iterator

from pratique.checks.image.interface import Scene, sample
from pratique.model.finding import Confidence
from pratique.model.image import HistoryEntry
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "dist-upgrade"
TITLE = "a step upgrades the whole distribution"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("DKL-DI-0003", "DL3035", "DS-0024")
RULES = {
    NAME: (
        "A step of the build runs apt-get dist-upgrade, zypper dup, do-release-upgrade or the like. "
        "It may remove packages and change the release, so two builds of one Dockerfile differ, and "
        "the old files still ship in the layers below. Take a newer base image instead. A plain "
        "apt-get upgrade, which brings security fixes until the base has them, is not told."
    )
}


def _ran(line: str) -> tuple[HistoryEntry, ...]:
    return (HistoryEntry(created_by=f"RUN /bin/sh -c {line} # buildkit", empty_layer=True),)


_VERBS = {
    "apt-get": ("dist-upgrade",),
    "apt": ("dist-upgrade", "full-upgrade"),
    "aptitude": ("dist-upgrade", "full-upgrade"),
    "zypper": ("dup", "dist-upgrade"),
    "dnf": ("system-upgrade", "distro-sync", "distribution-synchronization"),
    "yum": ("distro-sync", "distribution-synchronization"),
}
FIRES = (
    sample(history=_ran("apt-get update && apt-get -y dist-upgrade")),
    sample(history=_ran("zypper -n dup")),
    sample(history=_ran("do-release-upgrade")),
)
SILENT = (
    sample(history=_ran("apt-get update && apt-get -y upgrade")),
    sample(history=_ran("echo apt-get dist-upgrade")),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting per layer with the commands."""
    return scene.in_steps(
        (step, way)
        for step in scene.steps
        for command in step.commands
        for way in _ways(command.program, command.arguments)
    )


def _ways(program: str, arguments: tuple[str, ...]) -> Iterator[str]:
    if program == "do-release-upgrade":
        yield program
    for verb in _VERBS.get(program, ()):
        if verb in arguments:
            yield f"{program} {verb}"
