"""Find kernel settings of a service that are not its own."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.formats.compose.merging import named_values
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unsafe-service-sysctl"
TITLE = "a service changes settings of the host's kernel"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "sysctls may hold what belongs to the container's own namespaces: net.* (unless it uses the "
        "network of the host), fs.mqueue.*, kernel.msg*, kernel.sem, kernel.shm*. Any other name changes "
        "the kernel that all containers share, or the engine refuses to start. Set such values on the "
        "host, where its administrator sees them."
    )
}
_OWN = ("net.", "fs.mqueue.", "kernel.msg", "kernel.sem", "kernel.shm", "kernel.domainname")
BAD = (
    service("sysctls: {vm.max_map_count: 262144}"),
    service("sysctls: ['kernel.core_pattern=x']"),
    service("network_mode: host", "sysctls:", "  net.core.somaxconn: 1024"),
)
GOOD = (service("sysctls: {net.core.somaxconn: 1024, kernel.shmmax: 1}"), service())
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each setting."""
    for one in scene.services:
        for name, value in named_values(one.get("sysctls")).items():
            own = name.replace("/", ".").startswith(_OWN)
            if not own or (name.startswith("net.") and one.host_network):
                note = f"{name[:80]} is a setting of the host's kernel"
                yield scene.told(one, value, note, key=name[:80])
