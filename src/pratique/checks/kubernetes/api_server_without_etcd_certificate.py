"""Find that the API server shows etcd no certificate."""

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

NAME = "api-server-without-etcd-certificate"
TITLE = "the API server shows etcd no certificate"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0026",
    "CKV_K8S_99",
    "C-0137",
)
REFERENCES = ("CIS-K8s-1.2.23",)
RULES = {
    NAME: (
        "etcd holds everything, secrets too. Where it takes clients without a certificate, "
        "whoever reaches its port has the cluster. Name a certificate and key by "
        "--etcd-certfile and --etcd-keyfile."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--etcd-certfile=/pki/a.crt", "--etcd-keyfile=/pki/a.key"),
    running("other", "--etcd-certfile=x"),
)
FLAG = Flag(program=API_SERVER, name="etcd-certfile", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
