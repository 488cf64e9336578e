"""Find that the API server offers its profile."""

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

NAME = "api-server-with-profiling"
TITLE = "the API server offers its profile"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0018",
    "CKV_K8S_90",
    "C-0129",
)
REFERENCES = ("CIS-K8s-1.2.15",)
RULES = {
    NAME: (
        "/debug/pprof shows how the server works inside, and costs it time, to whoever may "
        "ask. Say --profiling=false unless somebody is looking for a fault."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--profiling=true"),
)
GOOD = (
    running(API_SERVER, "--profiling=false"),
    running("other", "--profiling=x"),
)
FLAG = Flag(program=API_SERVER, name="profiling", wrong=must_be("false", default="true"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
