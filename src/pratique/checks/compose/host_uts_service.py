"""Find services that share the name of the host."""

from collections.abc import Iterable

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-uts-service"
TITLE = "a service shares the UTS namespace of the host"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.21",)
RULES = {
    NAME: (
        "With uts: host the container has the host's name, and with the capability SYS_ADMIN it can "
        "change it, which misleads logs and whatever trusts names. Leave it out, and give the container "
        "a name of its own with hostname where the program needs one."
    )
}
BAD = (service("uts: host"), service("uts: 'host' # name"))
GOOD = (service(), service("hostname: web"))
FIXED = ((service("uts: host"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from host_namespace(scene, "uts", "it shares the UTS namespace of the host")
