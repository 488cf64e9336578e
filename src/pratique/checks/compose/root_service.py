"""Find services that are made to run as root."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "root-service"
TITLE = "a service is made to run as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-4.1",)
RULES = {
    NAME: (
        "user: root (or 0) starts the program as root whatever user the image chose, so that a flaw "
        "in it has all of the container, and writes to mounted folders as root of the host. Delete the "
        "line, or name a user; where it was written for the files of a volume, give these to the user "
        "once."
    )
}
BAD = (
    service("user: root"),
    service("user: '0:0'"),
    service("user: 0"),
    service("user: ${UID:-0}"),
)
GOOD = (service("user: '1000:1000'"), service("user: ${UID}"), service(), service("user: rooted"))
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        user = one.get("user")
        if user.text.partition(":")[0].strip() in ("root", "0") and not user.unset:
            yield scene.told(one, user, "it runs as root")
