"""Find that the scheduler offers its profile."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import SCHEDULER, Flag, must_be, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "scheduler-with-profiling"
TITLE = "the scheduler offers its profile"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0040",
    "CKV_K8S_114",
    "C-0151",
)
REFERENCES = ("CIS-K8s-1.4.1",)
RULES = {
    NAME: (
        "/debug/pprof shows how the program works inside, and costs it time, to whoever may "
        "ask. Say --profiling=false unless somebody is looking for a fault."
    )
}
BAD = (running(SCHEDULER),)
GOOD = (
    running(SCHEDULER, "--profiling=false"),
    running(SCHEDULER, "--config=/etc/a.yaml"),
    running("other", "--profiling=x"),
)
FLAG = Flag(
    program=SCHEDULER, name="profiling", wrong=must_be("false", default="true"), unless=("config",)
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
