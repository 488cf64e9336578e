"""Find autoscalers of workloads that are not there."""

from collections.abc import Iterator

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

NAME = "autoscaler-without-target"
TITLE = "an autoscaler's workload is not there"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "dangling-horizontalpodautoscaler",
    "C-0300",
)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "The autoscaler names a workload that is not among the manifests of its namespace: a "
        "slip in the name, and nothing is scaled when it has to be."
    )
}
BAD = (
    (
        workload(),
        manifest(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            spec={"scaleTargetRef": {"kind": "Deployment", "name": "gone"}},
        ),
    ),
)
GOOD = (
    (
        workload(),
        manifest(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            spec={"scaleTargetRef": {"kind": "Deployment", "name": "web"}},
        ),
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("HorizontalPodAutoscaler"):
        target = one.at("spec", "scaleTargetRef")
        kind, name = target.at("kind").text, target.at("name").text
        if name and (namespace_of(one), name) not in scene.named(kind):
            yield told(
                one, f"scales {kind} {name}, which is not here"[:200], "spec", "scaleTargetRef"
            )
