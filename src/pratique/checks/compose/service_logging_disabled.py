"""Find services whose output nobody keeps."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-logging-disabled"
TITLE = "the output of a service is thrown away"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "logging.driver: none throws away what the service prints, and docker compose logs shows "
        "nothing: after an attack, or a crash, there is nothing to read. Use local or json-file with "
        "max-size and max-file, or the driver of your log server."
    )
}
BAD = (service("logging: {driver: none}"), service("logging:", "  driver: 'none'"))
GOOD = (
    service("logging: {driver: local}"),
    service(),
    service("logging: {options: {max-size: 1m}}"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        driver = one.get("logging", "driver")
        if driver.text == "none":
            yield scene.told(one, driver, "its output is thrown away")
