"""Find namespaces that let privileged pods in on purpose."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.checks.kubernetes.namespace_without_pod_security import LABEL
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "namespace-of-privileged-pods"
TITLE = "a namespace lets privileged pods in on purpose"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.2.1",)
RULES = {
    NAME: (
        "The label says that nothing is refused: whoever may start a pod here owns the nodes. "
        "It is needed for storage and network agents; keep their namespaces to them, and let "
        "few people in."
    )
}
BAD = (
    manifest(
        "Namespace", metadata={"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}
    ),
)
GOOD = (
    manifest("Namespace", metadata={"labels": {"pod-security.kubernetes.io/enforce": "baseline"}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Namespace"):
        if one.labels.get(LABEL) == "privileged":
            yield told(one, "enforces nothing", "metadata", "labels", LABEL)
