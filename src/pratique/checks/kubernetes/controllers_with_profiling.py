"""Find that the controller manager offers its profile."""

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

NAME = "controllers-with-profiling"
TITLE = "the controller manager offers its profile"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0034",
    "CKV_K8S_107",
    "C-0145",
)
REFERENCES = ("CIS-K8s-1.3.2",)
RULES = {
    NAME: (
        "/debug/pprof shows how the program works inside, and costs it time, to whoever may "
        "ask. Say --profiling=false unless somebody is looking for a fault."
    )
}
BAD = (running(CONTROLLER_MANAGER),)
GOOD = (
    running(CONTROLLER_MANAGER, "--profiling=false"),
    running("other", "--profiling=x"),
)
FLAG = Flag(program=CONTROLLER_MANAGER, name="profiling", wrong=must_be("false", default="true"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
