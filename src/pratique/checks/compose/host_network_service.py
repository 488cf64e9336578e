"""Find services that use the network of the host."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-network-service"
TITLE = "a service uses the network of the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.10",)
RULES = {
    NAME: (
        "With network_mode: host the container has every interface of the host: it listens wherever "
        "it likes, reaches what is bound to 127.0.0.1 (databases, metadata, the engine's own sockets in "
        "the abstract name space), and no network of the file holds it back. Publish the ports that "
        "are needed (ports), and name the networks it belongs to."
    )
}
BAD = (
    service("network_mode: host"),
    service('network_mode: "host"'),
    service("networks: [host]") + "networks:\n  host:\n    external: true\n",
)
GOOD = (service(), service("network_mode: none"), service("network_mode: service:web"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        if one.host_network:
            key = "network_mode" if one.get("network_mode") else "networks"
            yield scene.told_field(one, key, "it uses the network of the host")
