"""Find services on the engine's default bridge, which all containers that name no network share."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-bridge-service"
TITLE = "a service is on the default bridge of the engine"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.30",)
RULES = {
    NAME: (
        "network_mode: bridge puts the container on docker0, which every container shares that was "
        "started without a network: all of them reach each other, and names are not resolved. Leave it "
        "out, so that the project gets a network of its own, or name networks."
    )
}
BAD = (service("network_mode: bridge"), service('network_mode: "bridge"'))
GOOD = (service(), service("networks: [front]") + "networks:\n  front: {}\n")
FIXED = ((service("network_mode: bridge # old"), service("# old")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        mode = one.get("network_mode")
        if mode.text.strip() == "bridge":
            yield scene.told(
                one,
                mode,
                "it is on the bridge that all containers without a network share",
                edits=scene.remove_field(one.value, "network_mode"),
                fix=FixClass.VERIFIED,
                remedy="take network_mode out",
            )
