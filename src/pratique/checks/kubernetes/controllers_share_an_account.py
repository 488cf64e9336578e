"""Find that all controllers act under one account."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    CONTROLLER_MANAGER,
    Flag,
    must_be,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "controllers-share-an-account"
TITLE = "all controllers act under one account"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0035",
    "CKV_K8S_108",
    "C-0146",
)
REFERENCES = ("CIS-K8s-1.3.3",)
RULES = {
    NAME: (
        "Without accounts of their own all controllers have the rights of the one that needs "
        "most. Say --use-service-account-credentials=true."
    )
}
BAD = (running(CONTROLLER_MANAGER),)
GOOD = (
    running(CONTROLLER_MANAGER, "--use-service-account-credentials=true"),
    running("other", "--use-service-account-credentials=x"),
)
FLAG = Flag(
    program=CONTROLLER_MANAGER,
    name="use-service-account-credentials",
    wrong=must_be("true", default="false"),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
