"""Find that the API server takes passwords from a file."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_not_stand,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-with-token-file"
TITLE = "the API server takes passwords from a file"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0002",
    "CKV_K8S_70",
    "C-0114",
)
REFERENCES = ("CIS-K8s-1.2.2",)
RULES = {
    NAME: (
        "The tokens of that file never expire, stand in the clear, and change only when the "
        "API server starts anew. Use certificates, OpenID Connect or tokens of service "
        "accounts."
    )
}
BAD = (running(API_SERVER, "--token-auth-file=/etc/tokens"),)
GOOD = (
    running(API_SERVER),
    running("other", "--token-auth-file=x"),
)
FLAG = Flag(program=API_SERVER, name="token-auth-file", wrong=must_not_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
