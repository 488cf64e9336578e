"""Find databases and consoles of administrators that are published on all addresses of the host."""

from collections.abc import Iterable

from pratique.checks.compose._known_ports import PORTS
from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "exposed-service-port"
TITLE = "a database or console of a service is open to everybody who reaches the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-Docker-5.14",)
RULES = {
    NAME: (
        "A port of a database, cache, queue, debugger or console of administrators is published "
        "without an address, so it listens on all interfaces of the host, and the engine opens it past "
        "the host's own firewall (ufw, firewalld). What needs no password by default (Redis, "
        "Elasticsearch, etcd, a Docker engine without TLS) is graded high. Services of the project reach "
        "each other without ports: delete the entry, or bind it to 127.0.0.1, which the fix does."
    )
}
BAD = (
    service("ports: ['5432:5432']", image="postgres:16"),
    service("ports: [6379]"),
    service("ports: ['0.0.0.0:27018:27017']"),
    service("ports:", "  - target: 9200", "    published: 9200"),
    service("ports: ['2375:2375']", image="docker:27-dind"),
)
GOOD = (
    service("ports: ['127.0.0.1:5432:5432', '8080:80', '443:443']"),
    service("expose: [5432]"),
    service("ports: ['${DB_PORT}']"),
    service("ports:", "  - {target: 6379, published: 6379, host_ip: 127.0.0.1}"),
)
FIXED = (
    (
        service("ports:", '  - "5432:5432" # for the tests'),
        service("ports:", '  - "127.0.0.1:5432:5432" # for the tests'),
    ),
    (service("ports:", "  - 5432:5432"), service("ports:", "  - 127.0.0.1:5432:5432")),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each port."""
    for one in scene.services:
        for port in one.ports:
            number = port.has(PORTS)
            if not number or not port.everywhere:
                continue
            name, is_open = PORTS[number]
            text = port.at.raw
            simple = port.short and ":" in text and not port.ip and not text.startswith(("$", ":"))
            yield scene.told(
                one,
                port.at,
                f"port {number} ({name}) is published on all addresses",
                key=f"{number}/{port.protocol}",
                severity=Severity.HIGH if is_open else None,
                edits=scene.rewrite_part(port.at, text, f"127.0.0.1:{text}") if simple else (),
                fix=FixClass.VERIFIED,
                remedy="bind it to 127.0.0.1",
            )
