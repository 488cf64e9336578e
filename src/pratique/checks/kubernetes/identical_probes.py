"""Find containers that are killed by the question whether they are ready."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.formats.documents.yaml_nodes import values_of
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "identical-probes"
TITLE = "the same question asks whether a container is ready and whether it lives"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "When readiness and liveness ask the same in the same way, a pod that is only busy is "
        "killed instead of being left alone for a while, which makes the others busier. Let "
        "liveness ask less, or wait longer."
    )
}
BAD = (
    workload(
        {"livenessProbe": {"httpGet": {"port": 1}}, "readinessProbe": {"httpGet": {"port": 1}}}
    ),
)
GOOD = (
    workload(
        {
            "livenessProbe": {"httpGet": {"port": 1}, "failureThreshold": 9},
            "readinessProbe": {"httpGet": {"port": 1}},
        }
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        live, ready = one.at("livenessProbe"), one.at("readinessProbe")
        if live and ready and values_of(live) == values_of(ready):
            yield told(one, "both probes are the same", "livenessProbe")
