"""Find two services that want the same port of the host."""

from collections.abc import Iterable

from pratique.checks.compose._profiles import together
from pratique.checks.compose.interface import ComposeFault, Scene, Service, service
from pratique.formats.compose.ports import Port
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "port-published-twice"
TITLE = "two services want the same port of the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Two services publish the same port on the same address: the second does not start (port is "
        "already allocated). Services of different profiles, which may never run together, are not told. "
        "Give one of them another port, or put a proxy before both."
    )
}
BAD = (
    service("ports: ['8080:80']") + "  api:\n    image: api:1\n    ports: ['8080:8000']\n",
    service("ports: ['127.0.0.1:8080:80']") + "  api:\n    image: api:1\n    ports: ['8080:80']\n",
)
GOOD = (
    service("ports: ['8080:80', '53:53/udp', '53:53/tcp', 80]")
    + "  api:\n    image: api:1\n    ports: ['8081:80', 80]\n",
    service("ports: ['8080:80']", "profiles: [a]")
    + "  api:\n    image: api:1\n    profiles: [b]\n    ports: ['8080:80']\n",
    service("ports: ['127.0.0.1:80:80']")
    + "  a:\n    image: a:1\n    ports: ['127.0.0.2:80:80']\n",
)
FIXED: tuple[tuple[str, str], ...] = ()
_MOST = 50
"""Services with one port that a later one is compared with."""


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for the later of two services."""
    taken: dict[tuple[int, str], list[tuple[Port, Service]]] = {}
    for one in scene.services:
        for port in one.ports:
            first, last = port.published
            if not first or not port.known or first != last:
                continue
            others = taken.setdefault((first, port.protocol), [])
            for other, owner in others[:_MOST]:
                same = port.everywhere or other.everywhere or port.ip == other.ip
                if same and owner is not one and together(one, owner):
                    note = f"port {first} of the host is wanted by {owner.name[:80]} too"
                    yield scene.told(one, port.at, note, key=f"{first}/{port.protocol}")
                    break
            others.append((port, one))
