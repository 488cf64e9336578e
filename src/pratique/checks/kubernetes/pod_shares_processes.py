"""Find pods whose containers see each other's processes."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-shares-processes"
TITLE = "containers of a pod see each other's processes"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("Kubernetes documentation, Share Process Namespace",)
RULES = {
    NAME: (
        "With shareProcessNamespace every container of the pod reads the environment of the "
        "others and, as the same user, their files through /proc. A sidecar that is taken "
        "over takes the application with it. It is meant for debugging."
    )
}
BAD = (workload(spec={"shareProcessNamespace": True}),)
GOOD = (workload(spec={"shareProcessNamespace": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("shareProcessNamespace").truth:
            yield told(pod, "shareProcessNamespace is true", "shareProcessNamespace")
