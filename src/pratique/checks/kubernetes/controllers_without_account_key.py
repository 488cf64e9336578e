"""Find that tokens of accounts have no key of their own."""

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

NAME = "controllers-without-account-key"
TITLE = "tokens of accounts have no key of their own"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0036",
    "CKV_K8S_110",
    "C-0147",
)
REFERENCES = ("CIS-K8s-1.3.4",)
RULES = {
    NAME: (
        "Tokens of service accounts want a key that can be changed by itself. Name it by "
        "--service-account-private-key-file; the API server gets the public half."
    )
}
BAD = (running(CONTROLLER_MANAGER),)
GOOD = (
    running(CONTROLLER_MANAGER, "--service-account-private-key-file=/pki/sa.key"),
    running("other", "--service-account-private-key-file=x"),
)
FLAG = Flag(program=CONTROLLER_MANAGER, name="service-account-private-key-file", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
