"""Find ports below 1024 of the host that a service takes, other than those of the web."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-host-port"
TITLE = "a service takes a port of the host that belongs to the system"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.8",)
PEDANTIC = True
RULES = {
    NAME: (
        "A port of the host below 1024 is published. Programs of other machines trust what answers "
        "there, and a rootless engine cannot open it. Publish a higher one, and let a proxy or load "
        "balancer stand in front. 80 and 443 are what a web server is for and are not told."
    )
}
BAD = (service("ports: ['53:53/udp']"), service("ports:", "  - {target: 8000, published: '389'}"))
GOOD = (service("ports: ['80:8080', '443:8443', '1024:22', '8080:80']"), service("ports: [22]"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each port."""
    for one in scene.services:
        for port in one.ports:
            first = port.published[0]
            if 0 < first < 1024 and first not in (80, 443) and port.known:
                note = f"port {first} of the host is published"
                yield scene.told(one, port.at, note, key=f"{first}/{port.protocol}")
