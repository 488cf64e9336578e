"""Find services whose processes may gain privileges by setuid programs."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "new-privileges-allowed"
TITLE = "processes of a service may gain privileges"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.26",)
PEDANTIC = True
RULES = {
    NAME: (
        "Without no-new-privileges a process that is not root becomes root by any setuid program in "
        "the image (su, mount, ping, a forgotten copy of sudo), and file capabilities work too. Write "
        "security_opt: [no-new-privileges:true]. Programs that start as root and step down are not "
        "touched by it; sudo and su inside the container are."
    )
}
BAD = (service(), service("security_opt: [no-new-privileges:false]"))
GOOD = (
    service("security_opt:", "  - no-new-privileges:true"),
    service("security_opt: [no-new-privileges]"),
    service("security_opt: ['no-new-privileges=true']"),
)
FIXED = (
    (service("user: app"), service("security_opt:", "  - no-new-privileges:true", "user: app")),
    (
        service("security_opt:", "  # labels", "  - label:type:web_t # ours"),
        service(
            "security_opt:",
            "  # labels",
            "  - label:type:web_t # ours",
            "  - no-new-privileges:true",
        ),
    ),
    (
        service("security_opt: [apparmor:web]"),
        service("security_opt: [apparmor:web, no-new-privileges:true]"),
    ),
)
_RIGHT = "no-new-privileges:true"


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.running:
        said = [
            (setting, item)
            for name, setting, item in one.security_options()
            if name == "no-new-privileges"
        ]
        if any(setting in ("", "true") or item.unset for setting, item in said):
            continue
        options = one.get("security_opt")
        if said:
            edits = scene.rewrite(said[0][1], _RIGHT)
        elif options.items:
            edits = scene.add_item(options, _RIGHT)
        else:
            edits = scene.add(one, "security_opt:", f"  - {_RIGHT}")
        yield scene.told_service(
            one,
            "its processes may gain privileges by setuid programs",
            edits=edits,
            remedy="set no-new-privileges",
        )
