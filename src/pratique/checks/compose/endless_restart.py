"""Find services that are started again without end."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "endless-restart"
TITLE = "a service is started again without end"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-5.15",)
PEDANTIC = True
RULES = {
    NAME: (
        "restart: always starts a service again however often it fails: a crash that an attacker "
        "causes is a loop, and nobody is told. The benchmark asks for on-failure:5. Where the service has "
        "to come back after a reboot, unless-stopped and an alarm on restarts are a sound answer too."
    )
}
BAD = (service("restart: always"), service("deploy: {restart_policy: {condition: any}}"))
GOOD = (
    service("restart: on-failure:5"),
    service("restart: unless-stopped"),
    service("deploy: {restart_policy: {condition: any, max_attempts: 5}}"),
    service(),
)
FIXED = ((service("restart: always"), service("restart: on-failure:5")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each service."""
    for one in scene.services:
        restart = one.get("restart")
        policy = one.get("deploy", "restart_policy")
        if restart.text == "always":
            yield scene.told(
                one,
                restart,
                "it is started again without end",
                edits=scene.rewrite(restart, "on-failure:5"),
                fix=FixClass.VERIFIED,
                remedy="stop after five failures",
            )
        elif policy.at("condition").text == "any" and not policy.at("max_attempts"):
            yield scene.told(one, policy, "it is started again without end", key="policy")
