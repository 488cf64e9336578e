"""Find objects placed in the namespace default."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-namespace"
TITLE = "an object is placed in the namespace default"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "CKV_K8S_21",
    "KSV-0110",
    "C-0061",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.6.4",)
PEDANTIC = True
RULES = {
    NAME: (
        "Roles, quotas, network policies and Pod Security are given by namespace; in default "
        "they meet everything that named none. An object that names none may still be applied "
        "elsewhere, so this is told on request."
    )
}
BAD = (
    workload(top={"metadata": {"namespace": "default"}}),
    workload(top={"metadata": {"namespace": None}}),
)
GOOD = (workload(),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.object.namespace in ("", "default"):
            yield told(pod.object, "is placed in the namespace default", "metadata", "namespace")
