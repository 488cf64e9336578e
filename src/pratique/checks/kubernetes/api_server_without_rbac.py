"""Find that the API server knows no roles."""

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

NAME = "api-server-without-rbac"
TITLE = "the API server knows no roles"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0009",
    "CKV_K8S_77",
    "C-0120",
    "C-0088",
)
REFERENCES = ("CIS-K8s-1.2.8",)
RULES = {
    NAME: (
        "Without RBAC rights are given by files or programs that few people see, or to "
        "everybody. Say --authorization-mode=Node,RBAC."
    )
}
BAD = (running(API_SERVER, "--authorization-mode=Node"),)
GOOD = (
    running(API_SERVER, "--authorization-mode=Node,RBAC"),
    running(API_SERVER, "--authorization-config=/etc/a.yaml"),
    running("other", "--authorization-mode=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="authorization-mode",
    wrong=must_hold("RBAC"),
    unless=("authorization-config",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
