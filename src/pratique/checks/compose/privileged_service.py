"""Find services that run privileged, and hooks of theirs that do."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-service"
TITLE = "a service runs privileged"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.5",)
RULES = {
    NAME: (
        "With privileged: true a container has every capability, sees every device of the host, and "
        "runs without seccomp and AppArmor: who is root in it is root on the host. Name what the "
        "program needs instead: single capabilities (cap_add), single devices (devices), a single "
        "writable sysctl. The fix sets it to false, after which a program that did need it fails "
        "visibly."
    )
}
BAD = (
    service("privileged: true"),
    service('privileged: "true"'),
    service("privileged: ${PRIVILEGED:-true}"),
    service("post_start:", "  - command: ./warm", "    privileged: true"),
)
GOOD = (service(), service("privileged: false"), service("privileged: ${PRIVILEGED}"))
FIXED = ((service("privileged: true # why"), service("privileged: false # why")),)
_HOOKS = ("post_start", "pre_stop")


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service and hook."""
    for one in scene.services:
        hooks = (hook.at("privileged") for key in _HOOKS for hook in one.get(key).items)
        for value in (one.get("privileged"), *hooks):
            if value.truth:
                yield scene.told(
                    one,
                    value,
                    "it runs privileged",
                    edits=scene.rewrite(value, "false"),
                    fix=FixClass.VERIFIED,
                    remedy="set it to false",
                )
