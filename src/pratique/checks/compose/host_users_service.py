"""Find services for which the engine's user namespaces are switched off."""

from collections.abc import Iterable

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-users-service"
TITLE = "a service runs with the users of the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.31",)
RULES = {
    NAME: (
        "With userns_mode: host an engine that maps the users of containers to harmless ones of the "
        "host does not do so for this service: root in the container is root on the host again. Leave "
        "it out; give the files it mounts to the mapped user instead."
    )
}
BAD = (service("userns_mode: host"), service('userns_mode: "host"'))
GOOD = (service(), service("userns_mode: keep-id"))
FIXED = ((service("userns_mode: host"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from host_namespace(scene, "userns_mode", "the mapping of users is switched off for it")
