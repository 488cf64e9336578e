"""Find pods that run as an account that is not among the manifests."""

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

NAME = "missing-pod-account"
TITLE = "a pod names an account that is not there"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES = (
    "non-existent-service-account",
    "C-0307",
)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "Without its account the pod is not created. It may stand in another repository, so "
        "this is told among all manifests that are looked at together and only on request."
    )
}
BAD = (workload(spec={"serviceAccountName": "web"}),)
GOOD = (
    (workload(spec={"serviceAccountName": "web"}), manifest("ServiceAccount")),
    workload(),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    there = scene.named("ServiceAccount")
    for pod in scene.pods:
        if pod.account != "default" and (namespace_of(pod.object), pod.account) not in there:
            yield told(pod, f"runs as {pod.account}, which is not here"[:200], "serviceAccountName")
