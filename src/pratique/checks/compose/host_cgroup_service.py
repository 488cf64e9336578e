"""Find services that share the control groups of the host, or choose where theirs hang."""

from collections.abc import Iterable

from pratique.checks.compose._namespaces import host_namespace
from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-cgroup-service"
TITLE = "a service leaves its own control group"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.25",)
RULES = {
    NAME: (
        "With cgroup: host the container sees the control groups of the host and, where it may write "
        "there, can take resources from other containers or leave its limits; cgroup_parent hangs it "
        "below a group whose limits nobody sees in this file. Leave both out: the engine gives each "
        "container a group of its own."
    )
}
BAD = (service("cgroup: host"), service("cgroup_parent: /system.slice"))
GOOD = (service(), service("cgroup: private"))
FIXED = ((service("cgroup: host"), service()),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service and field."""
    yield from host_namespace(scene, "cgroup", "it shares the control groups of the host")
    for one in scene.services:
        parent = one.get("cgroup_parent")
        if parent.text and not parent.unset:
            note = "its control group hangs below one of the host's"
            yield scene.told(one, parent, note, key="parent", severity=Severity.LOW)
