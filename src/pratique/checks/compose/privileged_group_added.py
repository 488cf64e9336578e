"""Find services whose processes are put into a group that owns the host."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-group-added"
TITLE = "a service is put into a group that is as good as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "group_add gives the processes of the container a group such as root, docker, disk, shadow, "
        "kmem or wheel. What is mounted with that group can be used then: the engine's socket by "
        "docker, disks by disk, password hashes by shadow. Make the files belong to a group of your own, "
        "and name that."
    )
}
_GROUPS = frozenset(
    {"root", "0", "docker", "disk", "shadow", "kmem", "wheel", "sudo", "adm", "lxd"}
)
BAD = (service("group_add: [docker]"), service("group_add:", "  - 0", "  - video"))
GOOD = (service("group_add: [video, '1001']"), service())
FIXED = (
    (
        service("group_add:", "  - docker", "  - video"),
        service("group_add:", "  - video"),
    ),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each group."""
    for one in scene.services:
        for item in one.get("group_add").texts():
            if item.text in _GROUPS:
                yield scene.told(
                    one,
                    item,
                    f"its processes are in the group {item.text}",
                    key=item.text,
                    edits=scene.remove_item(one, "group_add", item),
                    fix=FixClass.VERIFIED,
                    remedy="take the group out",
                )
