"""Find that the API server makes up its own certificate."""

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

NAME = "api-server-without-tls-certificate"
TITLE = "the API server makes up its own certificate"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0027",
    "CKV_K8S_100",
    "C-0138",
)
REFERENCES = ("CIS-K8s-1.2.24",)
RULES = {
    NAME: (
        "Without a certificate that an authority signed clients cannot tell the API server "
        "from somebody in between. Name one by --tls-cert-file and --tls-private-key-file."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--tls-cert-file=/pki/a.crt", "--tls-private-key-file=/pki/a.key"),
    running("other", "--tls-cert-file=x"),
)
FLAG = Flag(program=API_SERVER, name="tls-cert-file", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
