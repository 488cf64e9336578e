"""Find mounts by which a container can mount file systems on the host."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "shared-mount-propagation"
TITLE = "a mount of a service spreads back to the host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.20",)
RULES = {
    NAME: (
        "With shared or rshared propagation what the container mounts below this folder appears on "
        "the host and in other containers: a container with SYS_ADMIN lays its own files over those of "
        "the host. Only storage drivers need that. Leave the option out (private is the default), or "
        "use slave, where the container has to see later mounts of the host."
    )
}
BAD = (
    service("volumes: ['/srv:/srv:rw,rshared']"),
    service(
        "volumes:",
        "  - type: bind",
        "    source: /srv",
        "    target: /srv",
        "    bind:",
        "      propagation: shared",
    ),
)
GOOD = (service("volumes: ['/srv:/srv:rslave', './x:/x:ro']"), service())
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each mount."""
    for one in scene.services:
        for mount in one.mounts:
            if {"shared", "rshared"} & set(mount.options):
                note = f"mounts below {mount.source or mount.target} spread to the host"
                yield scene.told(one, mount.at, note, key=mount.target)
