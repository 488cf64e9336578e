"""Find services whose health check is switched off."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "healthcheck-disabled"
TITLE = "the health check of a service is switched off"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.27",)
RULES = {
    NAME: (
        "disable: true or test: NONE takes away the health check that the image brings: a service that "
        "hangs goes on counting as running, and nobody can wait for it (service_healthy). Delete it, or "
        "write a test that fits."
    )
}
BAD = (
    service("healthcheck: {disable: true}"),
    service("healthcheck:", "  test: [NONE]"),
    service("healthcheck:", "  test: ['NONE']"),
)
GOOD = (
    service("healthcheck: {test: [CMD, app, check]}"),
    service(),
    service("healthcheck: {disable: false}"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        test = one.get("healthcheck", "test")
        off = one.get("healthcheck", "disable").truth
        if off or [word.text for word in test.texts()][:1] == ["NONE"]:
            yield scene.told(one, one.get("healthcheck"), "its health check is switched off")
