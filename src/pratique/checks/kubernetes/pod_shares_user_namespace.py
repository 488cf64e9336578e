"""Find pods whose root is the root of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-shares-user-namespace"
TITLE = "the users of the pod are those of the node"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("PSS (user namespaces)",)
PEDANTIC = True
RULES = {
    NAME: (
        "With hostUsers: false the root of a container is nobody on the node, which takes the "
        "edge off most ways out of a container. It may be used without more from Kubernetes "
        "1.33 on, needs Linux 6.3 or newer and volumes that can be mapped, and no host "
        "namespaces."
    )
}
BAD = (workload(),)
GOOD = (
    workload(spec={"hostUsers": False}),
    workload(spec={"hostNetwork": True}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        shares = any(pod.at(field).truth for field in ("hostNetwork", "hostPID", "hostIPC"))
        if pod.at("hostUsers").truth is not False and not shares and not pod.windows:
            yield told(pod, "hostUsers is not false", "hostUsers")
