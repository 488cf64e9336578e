"""Find services of one pod."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "single-replica"
TITLE = "one pod alone does the work"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("minimum-three-replicas",)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "With one replica every node that is drained and every release is an outage. Two or "
        "more, on different nodes, are not. What may not run twice says so by its strategy "
        "Recreate."
    )
}
BAD = (
    workload(replicas=1),
    workload(),
)
GOOD = (
    workload(replicas=3),
    (
        workload(),
        manifest(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            spec={"scaleTargetRef": {"kind": "Deployment", "name": "web"}},
        ),
    ),
    workload(strategy={"type": "Recreate"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    scaled = {
        one.at("spec", "scaleTargetRef", "name").text for one in scene.of("HorizontalPodAutoscaler")
    }
    for one in scene.of("Deployment", "StatefulSet", "ReplicationController", "ReplicaSet"):
        replicas = one.at("spec", "replicas")
        alone = replicas.number == 1 or not replicas.line
        if (
            alone
            and one.name not in scaled
            and one.at("spec", "strategy", "type").text != "Recreate"
        ):
            yield told(one, "has one replica", "spec", "replicas")
