"""Find services that keep the capabilities which the engine gives to all."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "capabilities-kept"
TITLE = "a service keeps the capabilities that the engine gives by itself"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.4",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without cap_drop a container has fourteen capabilities, among them NET_RAW (forged packets "
        "on its network), MKNOD, SETUID and DAC_OVERRIDE, and most programs need none. Write cap_drop: "
        "[ALL], and give back what the program fails without (NET_BIND_SERVICE, CHOWN, SETUID, "
        "SETGID) with cap_add."
    )
}
BAD = (service(), service("cap_drop: [NET_RAW]"))
GOOD = (service("cap_drop: [ALL]"), service("cap_drop:", "  - all"))
FIXED = (
    (service("user: app"), service("cap_drop:", "  - ALL", "user: app")),
    (
        service("cap_drop:", "  - NET_RAW # noise"),
        service("cap_drop:", "  - NET_RAW # noise", "  - ALL"),
    ),
)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service that drops less than all."""
    for one in scene.running:
        dropped = one.get("cap_drop")
        names = {item.text.strip().upper() for item in dropped.texts()}
        if "ALL" in names or any(i.unset for i in dropped.texts()):
            continue
        listed = bool(dropped.items)
        edits = scene.add_item(dropped, "ALL") if listed else scene.add(one, "cap_drop:", "  - ALL")
        yield scene.told_service(
            one,
            "it does not drop all capabilities",
            edits=edits,
            fix=FixClass.VERIFIED,
            remedy="drop all of them",
        )
