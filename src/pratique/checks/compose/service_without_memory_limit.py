"""Find services that may take all memory of the host."""

from collections.abc import Iterable

from pratique.checks.compose._limits import unlimited
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-without-memory-limit"
TITLE = "a service may take all memory"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.11",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a limit one leak or one large request takes the memory of the host, and the kernel "
        "kills whatever it likes. Write mem_limit: 512m, or deploy.resources.limits.memory, with what "
        "the service needs at its busiest and some room."
    )
}
BAD = (service(), service("deploy: {resources: {limits: {cpus: '1'}}}"), service("mem_limit: 0"))
GOOD = (
    service("mem_limit: 512m"),
    service("deploy: {resources: {limits: {memory: 512M}}}"),
    service("mem_limit: ${MEMORY}"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from unlimited(scene, "mem_limit", "memory", "its memory has no limit")
