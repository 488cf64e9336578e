"""Find that the API server does not check the certificate of etcd."""

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

NAME = "api-server-trusts-any-etcd"
TITLE = "the API server does not check the certificate of etcd"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0029",
    "CKV_K8S_102",
    "C-0140",
)
REFERENCES = ("CIS-K8s-1.2.26",)
RULES = {
    NAME: (
        "Whoever answers in place of etcd decides what the cluster is, which pods run and who "
        "has which role. Name the authority by --etcd-cafile."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--etcd-cafile=/pki/ca.crt"),
    running("other", "--etcd-cafile=x"),
)
FLAG = Flag(program=API_SERVER, name="etcd-cafile", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
