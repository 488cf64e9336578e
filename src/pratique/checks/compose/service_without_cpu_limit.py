"""Find services that may take all processors of the host."""

from collections.abc import Iterable

from pratique.checks.compose._limits import unlimited
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-without-cpu-limit"
TITLE = "a service may take all processors"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.12",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without a limit a busy loop, or a program that mines coins for somebody, takes all processors "
        "of the host. Write cpus: 1.5, or deploy.resources.limits.cpus, or cpu_shares where it may use "
        "what others leave."
    )
}
BAD = (service(), service("cpus: 0"))
GOOD = (
    service("cpus: 1.5"),
    service("deploy: {resources: {limits: {cpus: '1'}}}"),
    service("cpu_shares: 512"),
    service("cpu_quota: 50000"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for fault in unlimited(scene, "cpus", "cpus", "its use of processors has no limit"):
        one = scene.project.named(fault.service)
        if one is not None and not any(
            one.get(key) for key in ("cpu_shares", "cpu_quota", "cpuset")
        ):
            yield fault
