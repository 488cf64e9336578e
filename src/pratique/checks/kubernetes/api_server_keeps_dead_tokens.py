"""Find that tokens of deleted accounts are taken."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_be,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-keeps-dead-tokens"
TITLE = "tokens of deleted accounts are taken"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0024",
    "CKV_K8S_96",
    "C-0135",
)
REFERENCES = ("CIS-K8s-1.2.21",)
RULES = {
    NAME: (
        "With --service-account-lookup=false a token is good as long as its signature is, its "
        "account deleted or not. Leave the flag out: true is the default."
    )
}
BAD = (running(API_SERVER, "--service-account-lookup=false"),)
GOOD = (
    running(API_SERVER),
    running(API_SERVER, "--service-account-lookup=true"),
    running("other", "--service-account-lookup=x"),
)
FLAG = Flag(
    program=API_SERVER, name="service-account-lookup", wrong=must_be("true", default="true")
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
