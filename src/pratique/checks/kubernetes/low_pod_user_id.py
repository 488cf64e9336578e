"""Find containers whose user number is one that a node may use for itself."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "low-pod-user-id"
TITLE = "the user's number may be one of the node's own"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "KSV-0020",
    "CKV_K8S_40",
)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Numbers up to 10000 are often given to people and services of the node. A process "
        "that leaves its container then acts as one of them. A higher number belongs to "
        "nobody. It matters less where user namespaces are on (hostUsers: false)."
    )
}
BAD = (workload({"securityContext": {"runAsUser": 1000}}),)
GOOD = (
    workload({"securityContext": {"runAsUser": 65532}}),
    workload({"securityContext": {"runAsUser": 1000}}, {"hostUsers": False}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        user = one.security("runAsUser").number
        if user is not None and 0 < user <= 10_000 and one.pod.at("hostUsers").truth is not False:
            yield told(one, f"runs as the user {user}", "securityContext", "runAsUser")
