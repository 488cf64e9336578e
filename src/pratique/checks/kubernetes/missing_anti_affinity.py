"""Find replicas that may all be placed on one node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-anti-affinity"
TITLE = "all replicas may be placed on one node"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("no-anti-affinity",)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Nothing spreads the replicas, so the loss of one node may be the loss of all. Use "
        "topologySpreadConstraints, or podAntiAffinity by host name."
    )
}
BAD = (workload(replicas=3),)
GOOD = (
    workload(
        replicas=3, spec={"topologySpreadConstraints": [{"topologyKey": "kubernetes.io/hostname"}]}
    ),
    workload(),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        spread = pod.at("topologySpreadConstraints").items or pod.at("affinity", "podAntiAffinity")
        if (pod.object.at("spec", "replicas").number or 0) > 1 and not spread:
            yield told(pod, "nothing spreads its replicas")
