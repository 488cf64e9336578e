"""Find services that run without AppArmor's confinement."""

from collections.abc import Iterable

from pratique.checks.compose._lifted import lifted
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unconfined-apparmor"
TITLE = "a service runs without AppArmor"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.2",)
RULES = {
    NAME: (
        "apparmor=unconfined lifts the profile that keeps a container from writing to /proc and /sys, "
        "from mounting, and from tracing other processes; together with one capability too many "
        "that is a way out. Delete the line, or name a profile of your own that allows what the program "
        "needs."
    )
}
BAD = (
    service("security_opt: [apparmor:unconfined]"),
    service("security_opt: ['apparmor=unconfined']"),
)
GOOD = (service(), service("security_opt: [apparmor:web-profile]"))
FIXED = ((service("security_opt:", "  - apparmor=unconfined"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from lifted(scene, "apparmor", "unconfined", "it runs without AppArmor's confinement")
