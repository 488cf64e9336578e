"""Find that an admission plugin lets everything in."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_lack,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-admits-everything"
TITLE = "an admission plugin lets everything in"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0011",
    "CKV_K8S_79",
    "C-0122",
)
REFERENCES = ("CIS-K8s-1.2.10",)
RULES = {
    NAME: (
        "AlwaysAdmit lets every request pass, and has been out of use since Kubernetes 1.13. "
        "Take it off the list, and let the plugins that Kubernetes switches on by itself stand."
    )
}
BAD = (running(API_SERVER, "--enable-admission-plugins=NodeRestriction,AlwaysAdmit"),)
GOOD = (
    running(API_SERVER, "--enable-admission-plugins=NodeRestriction"),
    running(API_SERVER),
    running("other", "--enable-admission-plugins=x"),
)
FLAG = Flag(program=API_SERVER, name="enable-admission-plugins", wrong=must_lack("AlwaysAdmit"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
