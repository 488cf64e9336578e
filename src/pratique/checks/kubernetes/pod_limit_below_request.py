"""Find containers that are promised more than they may use."""

from collections.abc import Iterator

from pratique.checks.kubernetes._quantities import quantity
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-limit-below-request"
TITLE = "a container's request is above its limit"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The API server refuses a pod whose request is larger than its limit, so this "
        "workload never starts. Only plain quantities of one unit are compared; others are "
        "left alone."
    )
}
BAD = (workload({"resources": {"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}}}),)
GOOD = (
    workload({"resources": {"requests": {"memory": "512Mi"}, "limits": {"memory": "1Gi"}}}),
    workload({"resources": {"requests": {"cpu": "500m"}, "limits": {"cpu": "1"}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for name, asked in one.at("resources", "requests").fields.items():
            least, most = quantity(asked.text), quantity(one.at("resources", "limits", name).text)
            if least is not None and most is not None and least > most:
                yield told(
                    one,
                    f"asks for more {name[:50]} than it may use",
                    "resources",
                    "requests",
                    name,
                    key=name,
                )
