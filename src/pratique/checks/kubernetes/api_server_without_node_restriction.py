"""Find that a node may change other nodes and their pods."""

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

NAME = "api-server-without-node-restriction"
TITLE = "a node may change other nodes and their pods"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0016",
    "CKV_K8S_85",
    "C-0127",
)
REFERENCES = ("CIS-K8s-1.2.14",)
RULES = {
    NAME: (
        "NodeRestriction holds a kubelet to its own Node and the pods on it. Without it one "
        "node that is taken over relabels others to draw their pods, with the secrets of "
        "those. Add it to --enable-admission-plugins."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--enable-admission-plugins=PodSecurity"),
)
GOOD = (
    running(API_SERVER, "--enable-admission-plugins=NodeRestriction"),
    running("other", "--enable-admission-plugins=x"),
)
FLAG = Flag(program=API_SERVER, name="enable-admission-plugins", wrong=must_hold("NodeRestriction"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
