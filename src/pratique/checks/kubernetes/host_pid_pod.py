"""Find pods that share the process table of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-pid-pod"
TITLE = "a pod sees the processes of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0010",
    "CKV_K8S_17",
    "host-pid",
    "C-0038",
    "C-0275",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.3",
    "NSA/CISA Pod security",
    "MITRE T1611",
)
CONTROLS = ("hostnamespaces",)
RULES = {
    NAME: (
        "With hostPID the containers see every process of the node, read its environment and "
        "command line, and may signal or trace it where the user is the same. Together with "
        "root it is a way out of the container. Leave hostPID out; an agent that needs it "
        "belongs into a namespace of its own."
    )
}
BAD = (workload(spec={"hostPID": True}),)
GOOD = (workload(spec={"hostPID": False}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("hostPID").truth:
            yield told(pod, "hostPID is true", "hostPID")
