"""Find services whose root file system can be written."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "writable-service-filesystem"
TITLE = "the root file system of a service can be written"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.13",)
PEDANTIC = True
RULES = {
    NAME: (
        "An attacker who can write in the container leaves programs there and changes those that run. "
        "Write read_only: true, and tmpfs for the folders that the program writes to (/tmp, /run), "
        "volumes for its data; then every change of a file of the image is a sign of an attack."
    )
}
BAD = (service(), service("read_only: false"))
GOOD = (service("read_only: true", "tmpfs: /tmp"), service("read_only: ${RO}"))
FIXED = ((service("read_only: false"), service("read_only: true")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.running:
        value = one.get("read_only")
        if not value.truth and not value.unset:
            edits = scene.rewrite(value, "true") if value else scene.add(one, "read_only: true")
            yield scene.told_service(
                one,
                "its root file system can be written",
                edits=edits,
                fix=FixClass.VERIFIED,
                remedy="make it read-only",
            )
