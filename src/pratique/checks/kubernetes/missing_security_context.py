"""Find containers about whose rights nothing is said."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-security-context"
TITLE = "nothing is said about a container's rights"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0118",
    "CKV_K8S_30",
    "CKV_K8S_29",
    "C-0211",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.6.3",)
PEDANTIC = True
RULES = {
    NAME: (
        "Neither the pod nor the container has a securityContext, so all defaults hold, and "
        "they are generous. The other checks name what matters one by one; this one says that "
        "nobody has thought of it yet."
    )
}
BAD = (
    workload(),
    workload({"securityContext": {}}),
)
GOOD = (
    workload({"securityContext": {"runAsNonRoot": True}}),
    workload(spec={"securityContext": {"runAsNonRoot": True}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if not one.at("securityContext").fields and not one.pod.at("securityContext").fields:
            yield told(one, "has no securityContext", "securityContext")
