"""Find services that share the processes of the host."""

from collections.abc import Iterable

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-pid-service"
TITLE = "a service sees the processes of the host"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.16",)
RULES = {
    NAME: (
        "With pid: host the container sees all processes of the host, reads their environment and "
        "open files through /proc where it is root, and can send them signals. Only agents that watch "
        "the host need that. Leave pid out; to watch another service write pid: service:NAME."
    )
}
BAD = (service("pid: host"), service("pid: 'host'"))
GOOD = (service(), service('pid: "service:web2"'), service("pid: ${PID_MODE}"))
FIXED = ((service("pid: host"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from host_namespace(scene, "pid", "it shares the process namespace of the host")
