"""Find services that let people log in over ssh, telnet or remote desktops."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "published-ssh-port"
TITLE = "a service lets people log in from outside"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-Docker-5.7",)
RULES = {
    NAME: (
        "The port of an ssh, telnet, rsync or remote desktop server inside the container is "
        "published: one more way in, with its own accounts and keys, that nobody watches. People get in "
        "through the engine (docker compose exec), files through volumes. Where a service is that server, "
        "bind it to an address, allow keys alone, and say so with a suppression."
    )
}
_LOGINS = {22: "ssh", 23: "telnet", 512: "rexec", 513: "rlogin", 514: "rsh", 873: "rsync", 2222: "ssh",
           3389: "RDP", 5900: "VNC", 5901: "VNC", 6080: "noVNC"}  # fmt: skip
BAD = (service("ports: ['2222:22']"), service("ports: ['5900:5900']"))
GOOD = (service("ports: ['127.0.0.1:2222:22', '514:514/udp']"), service("ports: ['22:8080']"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each port."""
    for one in scene.services:
        for port in one.ports:
            number = port.has(_LOGINS)
            if number and port.everywhere and port.protocol == "tcp":
                note = f"port {number} ({_LOGINS[number]}) is published on all addresses"
                yield scene.told(one, port.at, note, key=f"{number}")
