"""Find ports of remote administration among those that the image says it listens on."""

from collections.abc import Iterable

from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "exposed-admin-port"
TITLE = "the image exposes a port of remote administration"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("CIS-Docker-5.9", "DS-0004")
RULES = {
    NAME: (
        "The config exposes a port on which machines are administered: a shell (22, 23, 513, 514), "
        "a desktop (3389, 5900), a container engine or an orchestrator (2375, 2376, 2379, 6443, "
        "10250), a debugger (5005, 9229) and the like. Whoever reaches the port and has, guesses or "
        "needs no password controls the container, with an engine's port the host. EXPOSE opens "
        "nothing by itself, but publishing all ports (-P) does. Leave the service out, and use "
        "docker exec or kubectl exec, which ask who you are. Ports that ask for no password in "
        "their usual setup are graded high."
    )
}
_OPEN = {
    23: "telnet",
    513: "rlogin",
    514: "rsh",
    2375: "the Docker engine without TLS",
    5005: "a Java debugger",
    9229: "a Node.js debugger",
    10255: "the kubelet, read-only",
}
_ASKING = {
    22: "SSH",
    2222: "SSH",
    2376: "the Docker engine",
    2379: "etcd",
    3389: "a remote desktop",
    5900: "VNC",
    5901: "VNC",
    5985: "Windows remote management",
    5986: "Windows remote management",
    6443: "the Kubernetes API",
    10250: "the kubelet",
}
FIRES = (
    sample(exposed_ports=("22/tcp",)),
    sample(exposed_ports=("8080/tcp", "2375/tcp")),
    sample(exposed_ports=("5900",)),
    sample(exposed_ports=("8000-11000/tcp",)),
)
SILENT = (sample(exposed_ports=("8080/tcp", "443/tcp")), sample(exposed_ports=("22/udp", "http")))


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting for ports that ask for no password, and one for the others."""
    found = [
        (port, what, known is _OPEN)
        for text in scene.config.exposed_ports
        for low, high in [_range(text)]
        for known in (_OPEN, _ASKING)
        for port, what in known.items()
        if low <= port <= high
    ]
    for is_open in (True, False):
        notes = (at(f"EXPOSE {port}", what) for port, what, open_ in found if open_ is is_open)
        yield from scene.in_config(notes, Severity.HIGH if is_open else None)


def _range(text: str) -> tuple[int, int]:
    """Return the first and last port of an entry; (1, 0), which holds none, for anything else."""
    ports, _, protocol = text.partition("/")
    if protocol not in ("", "tcp"):
        return 1, 0
    low, _, high = ports.partition("-")
    numbers = [part for part in (low, high or low) if part.isascii() and part.isdigit()]
    return (int(numbers[0][:6]), int(numbers[1][:6])) if len(numbers) == 2 else (1, 0)
