"""Find pods that share the memory segments of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-ipc-pod"
TITLE = "a pod shares the inter-process communication of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0008",
    "CKV_K8S_18",
    "host-ipc",
    "C-0038",
    "C-0276",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.4",
    "NSA/CISA Pod security",
)
CONTROLS = ("hostnamespaces",)
RULES = {
    NAME: (
        "With hostIPC the containers read and write shared memory and message queues of the "
        "node and of all other pods that do so, past every network policy. Leave hostIPC out; "
        "containers of one pod share theirs anyway."
    )
}
BAD = (workload(spec={"hostIPC": True}),)
GOOD = (workload(spec={"hostIPC": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("hostIPC").truth:
            yield told(pod, "hostIPC is true", "hostIPC")
