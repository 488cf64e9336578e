"""Find containers with an added capability that only the restricted standard forbids."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.checks.kubernetes.pod_adds_capability import ALLOWED, PATH
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-adds-usual-capability"
TITLE = "a container asks for a capability that few programs need"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("CKV_K8S_25",)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.9",
)
CONTROLS = ("capabilities_restricted",)
PEDANTIC = True
RULES = {
    NAME: (
        "The restricted Pod Security Standard lets a container add NET_BIND_SERVICE and "
        "nothing else. What is added here is among the capabilities that engines grant by "
        "default, so it is no way to the node by itself; CHOWN, SETUID and their like do "
        "matter once the root user is reached."
    )
}
BAD = (workload({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["ALL"]}}}),)
GOOD = (
    workload({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, item in enumerate(one.at(*PATH).items):
            if item.text in ALLOWED - {"NET_BIND_SERVICE"} and not one.pod.windows:
                yield told(one, f"adds {item.text}", *PATH, number, key=item.text)
