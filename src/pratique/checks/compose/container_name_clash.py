"""Find names of containers that two containers would have."""

from collections.abc import Iterable

from pratique.checks.compose._profiles import together
from pratique.checks.compose.interface import ComposeFault, Scene, Service, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "container-name-clash"
TITLE = "two containers would have one name"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "container_name is unique on a host: two services with one name, or one service with more than "
        "one replica, do not start. Leave container_name out: Compose makes names, and services find "
        "each other by the names of services."
    )
}
BAD = (
    service("container_name: app") + "  api:\n    image: api:1\n    container_name: app\n",
    service("container_name: app", "deploy: {replicas: 2}"),
    service("container_name: app", "scale: 3"),
)
GOOD = (
    service("container_name: app", "deploy: {replicas: 1}")
    + "  api:\n    image: api:1\n    container_name: ${NAME}\n",
    service("scale: 3"),
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    taken: dict[str, Service] = {}
    for one in scene.services:
        name = one.get("container_name")
        if not name.text or name.unset:
            continue
        owner = taken.setdefault(name.text, one)
        replicas = one.get("deploy", "replicas") or one.get("scale")
        if owner is not one and together(one, owner):
            yield scene.told(one, name, f"{owner.name[:80]} has this container_name too")
        elif (replicas.node.number or 1) > 1:
            yield scene.told(one, name, "container_name forbids more than one replica")
