"""Find services that wait for the health of another which has no health check here."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dependency-without-healthcheck"
TITLE = "a service waits for a health check that is not here"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "depends_on with condition: service_healthy waits for a health check of another service, and "
        "that service has none in the file. Where its image brings none either, the start fails; where "
        "it is switched off, it fails for certain. Write a healthcheck there."
    )
}
_WAITS = ("depends_on:", "  db: {condition: service_healthy}")
BAD = (
    service(*_WAITS) + "  db:\n    image: db:1\n",
    service(*_WAITS) + "  db:\n    image: db:1\n    healthcheck: {disable: true}\n",
)
GOOD = (
    service(*_WAITS) + "  db:\n    image: db:1\n    healthcheck: {test: [CMD, ok]}\n",
    service("depends_on: [db]") + "  db:\n    image: db:1\n",
    service(*_WAITS) + "  db:\n    build: ./db\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each such dependency on an image that others made."""
    for one in scene.services:
        for name, value in one.get("depends_on").fields.items():
            other = scene.project.named(name)
            if other is None or value.at("condition").text != "service_healthy":
                continue
            off = other.get("healthcheck", "disable").truth
            if off or (other.image and not other.get("healthcheck")):
                sure = Confidence.HIGH if off else None
                note = f"it waits for the health of {name[:80]}, which has no check here"
                yield scene.told(one, value, note, key=name[:80], confidence=sure)
