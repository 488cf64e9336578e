"""Find services that may start as many processes as they like."""

from collections.abc import Iterable

from pratique.checks.compose._limits import unlimited
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-without-process-limit"
TITLE = "a service may start as many processes as it likes"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.29",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without pids_limit a fork bomb, or a leak of threads, fills the process table of the host, "
        "and nothing else starts, not even a shell to mend it. Write pids_limit: 200 (or "
        "deploy.resources.limits.pids) with some room above what the service uses; threads count too. "
        "0 and -1 mean no limit."
    )
}
BAD = (service(), service("pids_limit: -1"))
GOOD = (service("pids_limit: 200"), service("deploy: {resources: {limits: {pids: 200}}}"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    yield from unlimited(scene, "pids_limit", "pids", "its processes have no limit")
