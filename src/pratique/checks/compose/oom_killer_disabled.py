"""Find services that the kernel may not stop when memory runs out."""

from collections.abc import Iterable

from pratique.checks.compose.interface import ComposeFault, FixClass, Scene, service
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "oom-killer-disabled"
TITLE = "a service is spared when memory runs out"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "oom_kill_disable, or an oom_score_adj near -1000, spares this service when the memory of the "
        "host runs out: the kernel stops others instead, ssh and the engine among them, and without a "
        "limit the host hangs. Give the service a memory limit (mem_limit), and leave these out."
    )
}
BAD = (service("oom_kill_disable: true"), service("oom_score_adj: -1000"))
GOOD = (service("oom_score_adj: 500"), service("oom_kill_disable: false"), service())
FIXED = ((service("oom_kill_disable: true"), service("oom_kill_disable: false")),)


def look(scene: Scene) -> Iterable[ComposeFault]:
    """Yield one fault for each field."""
    for one in scene.services:
        value = one.get("oom_kill_disable")
        if value.truth:
            yield scene.told(
                one,
                value,
                "the kernel does not stop it when memory runs out",
                key="kill",
                edits=scene.rewrite(value, "false"),
                fix=FixClass.VERIFIED,
                remedy="set it to false",
            )
        score = one.get("oom_score_adj")
        number = score.node.number
        if number is not None and number <= -900:
            yield scene.told(one, score, "others are stopped before it", key="score")
