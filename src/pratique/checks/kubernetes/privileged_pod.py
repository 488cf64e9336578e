"""Find containers that run privileged."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "privileged-pod"
TITLE = "a container runs privileged"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0017",
    "CKV_K8S_16",
    "C-0057",
    "privileged-container",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.2",
    "NSA/CISA Pod security",
    "MITRE T1611",
)
CONTROLS = ("privileged",)
RULES = {
    NAME: (
        "A privileged container has every capability, sees every device of the node, and no "
        "seccomp or AppArmor profile holds it. Whoever controls it controls the node, and "
        "with its kubelet's credentials often the cluster. Grant the one capability or device "
        "that is needed instead."
    )
}
BAD = (
    workload({"securityContext": {"privileged": True}}),
    workload(
        spec={
            "initContainers": [{"name": "a", "image": "b", "securityContext": {"privileged": True}}]
        }
    ),
)
GOOD = (
    workload({"securityContext": {"privileged": False}}),
    workload(),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if one.at("securityContext", "privileged").truth:
            yield told(one, "runs privileged", "securityContext", "privileged")
