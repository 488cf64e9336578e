"""Find that the API server shows kubelets no certificate."""

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

NAME = "api-server-without-kubelet-certificate"
TITLE = "the API server shows kubelets no certificate"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0005",
    "CKV_K8S_72",
    "C-0116",
)
REFERENCES = ("CIS-K8s-1.2.4",)
RULES = {
    NAME: (
        "A kubelet that asks for no certificate lets everybody run commands in its pods; one "
        "that asks refuses the API server without one. Name a certificate and its key by "
        "--kubelet-client-certificate and --kubelet-client-key."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(
        API_SERVER, "--kubelet-client-certificate=/pki/a.crt", "--kubelet-client-key=/pki/a.key"
    ),
    running("other", "--kubelet-client-certificate=x"),
)
FLAG = Flag(program=API_SERVER, name="kubelet-client-certificate", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
