"""Find that the API server does not check the certificates of kubelets."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_stand,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-trusts-any-kubelet"
TITLE = "the API server does not check the certificates of kubelets"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0006",
    "CKV_K8S_73",
    "C-0117",
)
REFERENCES = ("CIS-K8s-1.2.5",)
PEDANTIC = True
RULES = {
    NAME: (
        "Whoever stands between the API server and a node may answer in its place: logs, and "
        "the commands that people run in pods, go to them. Name the authority by "
        "--kubelet-certificate-authority."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--kubelet-certificate-authority=/pki/ca.crt"),
    running("other", "--kubelet-certificate-authority=x"),
)
FLAG = Flag(program=API_SERVER, name="kubelet-certificate-authority", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
