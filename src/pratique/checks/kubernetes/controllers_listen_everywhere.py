"""Find that the controller manager listens on every address."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    ANYWHERE,
    CONTROLLER_MANAGER,
    Flag,
    must_be,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "controllers-listen-everywhere"
TITLE = "the controller manager listens on every address"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0039",
    "CKV_K8S_113",
    "C-0150",
)
REFERENCES = ("CIS-K8s-1.3.7",)
RULES = {
    NAME: (
        "Its port serves health and figures to whoever reaches the node. Say "
        "--bind-address=127.0.0.1; where figures are fetched from outside, let them be "
        "fetched through a proxy that asks who it is."
    )
}
BAD = (
    running(CONTROLLER_MANAGER),
    running(CONTROLLER_MANAGER, "--bind-address=0.0.0.0"),
)
GOOD = (
    running(CONTROLLER_MANAGER, "--bind-address=127.0.0.1"),
    running("other", "--bind-address=x"),
)
FLAG = Flag(
    program=CONTROLLER_MANAGER, name="bind-address", wrong=must_be("127.0.0.1", default=ANYWHERE)
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
