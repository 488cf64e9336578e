"""Find that the API server knows no certificates of clients."""

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

NAME = "api-server-without-client-authority"
TITLE = "the API server knows no certificates of clients"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0028",
    "C-0139",
)
REFERENCES = ("CIS-K8s-1.2.25",)
RULES = {
    NAME: (
        "Nodes and the parts of the control plane log in by certificates, which the server "
        "can check only against an authority. Name the one that signs them by "
        "--client-ca-file."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--client-ca-file=/pki/ca.crt"),
    running("other", "--client-ca-file=x"),
)
FLAG = Flag(program=API_SERVER, name="client-ca-file", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
