"""Find builds that bring the whole distribution to another state by zypper."""

from collections.abc import Iterable

from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "zypper-upgrades-everything"
TITLE = "zypper upgrades the whole distribution"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3035",)
RULES = {
    NAME: (
        "zypper dist-upgrade takes every package to what the repository has that day, vendor "
        "changes included: two builds of one Dockerfile differ widely. Take a newer base image "
        "instead, and name what else must be newer."
    )
}
BAD = ("FROM opensuse/leap:15.6\nRUN zypper -n dup\n",)
GOOD = ("FROM opensuse/leap:15.6\nRUN zypper -n patch && zypper -n in dup\n",)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such command."""
    for _, command in scene.commands("zypper"):
        if command.verb in ("dup", "dist-upgrade"):
            yield scene.at_span(command.span, f"zypper {command.verb} upgrades everything")
