"""Find that pods cannot check the certificate of the API server."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    CONTROLLER_MANAGER,
    Flag,
    must_stand,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "controllers-without-root-authority"
TITLE = "pods cannot check the certificate of the API server"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0037",
    "CKV_K8S_111",
    "C-0148",
)
REFERENCES = ("CIS-K8s-1.3.5",)
RULES = {
    NAME: (
        "The authority named here is put into every pod, so that it can tell the API server "
        "from somebody in between. Name it by --root-ca-file."
    )
}
BAD = (running(CONTROLLER_MANAGER),)
GOOD = (
    running(CONTROLLER_MANAGER, "--root-ca-file=/pki/ca.crt"),
    running("other", "--root-ca-file=x"),
)
FLAG = Flag(program=CONTROLLER_MANAGER, name="root-ca-file", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
