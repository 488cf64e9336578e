"""Find ports that are published on all addresses of the host."""

from collections.abc import Iterable

from pratique.checks.compose._known_ports import PORTS
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "port-on-all-addresses"
TITLE = "a port is published on all addresses of the host"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.14",)
PEDANTIC = True
RULES = {
    NAME: (
        "A port without an address listens on every interface of the host, also on those that you "
        "did not think of, and the engine opens it past the host's own firewall. Write the address it is "
        "meant for: 127.0.0.1:8080:80 for this machine and a proxy on it, 192.0.2.10:443:443 for one "
        "network."
    )
}
BAD = (service("ports: ['8080:80']"), service("ports:", "  - {target: 80, published: 8080}"))
GOOD = (service("ports: ['127.0.0.1:8080:80', '[::1]:8080:80']"), service("ports: ['5432:5432']"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each port that exposed-service-port does not tell of."""
    for one in scene.services:
        for port in one.ports:
            if port.everywhere and port.known and not port.has(PORTS):
                first, last = port.target
                said = f"{first}" if first == last else f"{first}-{last}"
                note = f"port {said} is published on all addresses"
                yield scene.told(one, port.at, note, key=f"{said}/{port.protocol}")
