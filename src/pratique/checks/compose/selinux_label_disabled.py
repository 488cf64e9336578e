"""Find services for which SELinux's separation of containers is off."""

from collections.abc import Iterable

from pratique.checks.compose._lifted import lifted
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "selinux-label-disabled"
TITLE = "a service runs without SELinux's separation"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.3",)
RULES = {
    NAME: (
        "label:disable takes SELinux off the container on hosts that have it (Fedora, RHEL, SUSE): "
        "it may then read and write what only file modes protect. Mostly it was written to make a bind "
        "mount readable: mount it with the option z (shared) or Z (private) instead, and delete the "
        "line."
    )
}
BAD = (service("security_opt: ['label:disable']"), service("security_opt:", "  - label=disable"))
GOOD = (service(), service("security_opt: ['label:type:svirt_apache_t']"))
FIXED = ((service("security_opt:", "  - label=disable", "user: app"), service("user: app")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from lifted(scene, "label", "disable", "SELinux does not separate it from the host")
