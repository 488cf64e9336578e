"""Find that pods may use images that others have pulled."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_hold,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-reuses-pulled-images"
TITLE = "pods may use images that others have pulled"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0012",
    "CKV_K8S_80",
    "C-0123",
)
REFERENCES = ("CIS-K8s-1.2.11",)
PEDANTIC = True
RULES = {
    NAME: (
        "An image that lies on a node can be started by whoever knows its name, with no look "
        "at whether they may pull it. AlwaysPullImages asks the registry each time; it needs "
        "the registry to be there."
    )
}
BAD = (running(API_SERVER, "--enable-admission-plugins=NodeRestriction"),)
GOOD = (
    running(API_SERVER, "--enable-admission-plugins=AlwaysPullImages"),
    running("other", "--enable-admission-plugins=x"),
)
FLAG = Flag(
    program=API_SERVER, name="enable-admission-plugins", wrong=must_hold("AlwaysPullImages")
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
