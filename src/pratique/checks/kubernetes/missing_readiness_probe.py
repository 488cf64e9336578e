"""Find containers that get requests before they can answer."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-readiness-probe"
TITLE = "nothing says when a container can answer"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "CKV_K8S_9",
    "no-readiness-probe",
    "C-0018",
)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Without a readiness probe a pod gets requests as soon as its process has started, "
        "and goes on getting them when it cannot answer. Jobs and what serves nobody need "
        "none, so only containers that open ports are told of."
    )
}
BAD = (workload({"ports": [{"containerPort": 8080}]}),)
GOOD = (
    workload({"ports": [{"containerPort": 8080}], "readinessProbe": {"httpGet": {"port": 8080}}}),
    workload(),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        served = one.pod.kind not in ("Job", "CronJob") and one.at("ports").items
        if served and not one.at("readinessProbe"):
            yield told(one, "has no readiness probe", "readinessProbe")
