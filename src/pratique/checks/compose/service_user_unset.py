"""Find services that leave it to the image as whom they run."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-user-unset"
TITLE = "nothing here says as whom a service runs"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES = ("CIS-Docker-4.1",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without user the program runs as the image says, and most images say root. Write user: with "
        "a number that is not 0 (a number holds where the image has no such name), or scan the image: "
        "`pratique scan` says as whom it starts."
    )
}
BAD = (service(), "services:\n  web:\n    build: .\n")
GOOD = (service("user: '1000'"), service("user: ${UID}"), "services:\n  web: {}\n")
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.running:
        if not one.get("user"):
            yield scene.told_service(one, "it runs as the user that the image chose")
