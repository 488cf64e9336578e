"""Find services for which the kernel's dangerous files are neither hidden nor read-only."""

from collections.abc import Iterable

from pratique.checks.compose._lifted import lifted
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unmasked-system-paths"
TITLE = "a service sees the kernel's files unmasked"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "systempaths=unconfined shows the container what the engine hides otherwise (/proc/kcore, "
        "/proc/keys, /sys/firmware) and makes /proc/sys and /proc/sysrq-trigger writable: root in the "
        "container can set core_pattern and run programs on the host. Delete the line; building images "
        "inside works with a rootless builder as well."
    )
}
BAD = (
    service("security_opt: [systempaths=unconfined]"),
    service("security_opt: ['systempaths:unconfined']"),
)
GOOD = (service(), service("security_opt: ['no-new-privileges:true']"))
FIXED = ((service("security_opt:", "  - systempaths=unconfined"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from lifted(
        scene, "systempaths", "unconfined", "the kernel's files are not masked for it"
    )
