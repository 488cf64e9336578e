"""Find that nodes may read what belongs to other nodes."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_hold,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-without-node-authorizer"
TITLE = "nodes may read what belongs to other nodes"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0008",
    "CKV_K8S_75",
    "C-0119",
)
REFERENCES = ("CIS-K8s-1.2.7",)
RULES = {
    NAME: (
        "The mode Node lets a kubelet read only the secrets and volumes of the pods on its "
        "own node. Without it a node that is taken over reads those of all. Say "
        "--authorization-mode=Node,RBAC."
    )
}
BAD = (running(API_SERVER, "--authorization-mode=RBAC"),)
GOOD = (
    running(API_SERVER, "--authorization-mode=Node,RBAC"),
    running(API_SERVER, "--authorization-config=/etc/a.yaml"),
    running("other", "--authorization-mode=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="authorization-mode",
    wrong=must_hold("Node"),
    unless=("authorization-config",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
