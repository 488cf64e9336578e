"""Find variables that are set twice in one container."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "duplicate-pod-variable"
TITLE = "a variable is set twice"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "duplicate-env-var",
    "C-0295",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The later of two variables of one name wins, which whoever changed the first does "
        "not notice: the old value goes on being used, or the new one never is. Delete one."
    )
}
BAD = (workload({"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]}),)
GOOD = (workload({"env": [{"name": "A", "value": "1"}, {"name": "B", "value": "1"}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        seen: set[str] = set()
        for number, env in enumerate(one.at("env").items):
            name = env.at("name").text
            if name and name in seen:
                yield told(one, f"{name[:100]} is set again", "env", number, key=f"{name}{number}")
            seen.add(name)
