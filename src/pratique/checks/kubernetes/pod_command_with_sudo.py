"""Find containers that start by sudo."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-command-with-sudo"
TITLE = "a container starts its program by sudo"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("C-0062",)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "sudo in a container's command means a user who may become root without a password, "
        "and a setuid program that everybody in the container can try. Let the container run "
        "as the user it needs; drop privileges with setpriv where it must start as root."
    )
}
BAD = (
    workload({"command": ["sudo", "app"]}),
    workload({"command": ["sh", "-c", "sudo app"]}),
)
GOOD = (workload({"command": ["app", "--sudoers=3"]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if any("sudo" in re.split(r"[\s;&|/()]+", word[:10_000]) for word in one.words):
            yield told(one, "its command has sudo", "command")
