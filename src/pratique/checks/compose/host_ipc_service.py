"""Find services that share the memory segments of the host."""

from collections.abc import Iterable

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-ipc-service"
TITLE = "a service shares the IPC namespace of the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.17",)
RULES = {
    NAME: (
        "With ipc: host the container can read and change the shared memory, semaphores and message "
        "queues of every process of the host, which databases and browsers keep their data in. Leave "
        "it out; where /dev/shm is too small write shm_size, and where two services share memory write "
        "ipc: service:NAME."
    )
}
BAD = (service("ipc: host"),)
GOOD = (service(), service("ipc: shareable"), service("ipc: service:db"))
FIXED = ((service("ipc: host", "user: app"), service("user: app")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from host_namespace(scene, "ipc", "it shares the IPC namespace of the host")
