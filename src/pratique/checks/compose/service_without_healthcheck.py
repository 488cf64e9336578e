"""Find services that say nothing about their health."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-without-healthcheck"
TITLE = "nothing here says how to tell whether a service works"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES = ("CIS-Docker-5.27",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without healthcheck, here or in the image, a service that hangs counts as running, and others "
        "that depend on it start too early. Write a test that asks the program itself (a request to "
        "its own port), with interval, timeout, retries and start_period."
    )
}
BAD = (service(), service("healthcheck:"))
GOOD = (service("healthcheck: {test: [CMD, app, check]}"), service("healthcheck: {disable: true}"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.running:
        if not one.get("healthcheck"):
            yield scene.told_service(one, "it has no health check here")
