"""Find that the scheduler listens on every address."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    ANYWHERE,
    SCHEDULER,
    Flag,
    must_be,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "scheduler-for-everybody"
TITLE = "the scheduler listens on every address"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0041",
    "CKV_K8S_115",
    "C-0152",
)
REFERENCES = ("CIS-K8s-1.4.2",)
RULES = {
    NAME: (
        "Its port serves health and figures to whoever reaches the node, and faults in it to "
        "them as well. Say --bind-address=127.0.0.1."
    )
}
BAD = (running(SCHEDULER),)
GOOD = (
    running(SCHEDULER, "--bind-address=127.0.0.1"),
    running("other", "--bind-address=x"),
)
FLAG = Flag(program=SCHEDULER, name="bind-address", wrong=must_be("127.0.0.1", default=ANYWHERE))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
