"""Find that tokens of accounts are checked by the key of TLS."""

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

NAME = "api-server-without-account-key"
TITLE = "tokens of accounts are checked by the key of TLS"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0025",
    "CKV_K8S_97",
    "C-0136",
)
REFERENCES = ("CIS-K8s-1.2.22",)
RULES = {
    NAME: (
        "Without a key of their own, tokens of service accounts are checked with the private "
        "key of the server, so that neither can be changed without the other. Name a public "
        "key by --service-account-key-file."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--service-account-key-file=/pki/sa.pub"),
    running("other", "--service-account-key-file=x"),
)
FLAG = Flag(program=API_SERVER, name="service-account-key-file", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
