"""Find replicated workloads all of whose pods may be evicted at once."""

from collections.abc import Iterator

from pratique.checks.kubernetes._selecting import taken
from pratique.checks.kubernetes.interface import (
    ManifestFault,
    Scene,
    manifest,
    namespace_of,
    told,
    workload,
)
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-disruption-budget"
TITLE = "all pods of a workload may be evicted at once"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "Without a PodDisruptionBudget draining nodes may take all replicas away in one go. "
        "Let one at least stay (maxUnavailable: 1)."
    )
}
BAD = (workload(replicas=3),)
GOOD = (
    (
        workload(replicas=3),
        manifest(
            "PodDisruptionBudget",
            "policy/v1",
            spec={"maxUnavailable": 1, "selector": {"matchLabels": {"app": "web"}}},
        ),
    ),
    workload(replicas=1),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    held = {
        (pod.file, pod.place)
        for one in scene.of("PodDisruptionBudget")
        for pod in taken(scene, namespace_of(one), one.at("spec", "selector"))
    }
    for pod in scene.pods:
        many = (pod.object.at("spec", "replicas").number or 0) > 1
        if many and (pod.file, pod.place) not in held:
            yield told(pod, "no disruption budget selects it")
