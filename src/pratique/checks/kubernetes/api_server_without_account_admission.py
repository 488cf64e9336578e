"""Find that pods get no service account of their own."""

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

NAME = "api-server-without-account-admission"
TITLE = "pods get no service account of their own"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0014",
    "CKV_K8S_82",
    "C-0125",
)
REFERENCES = ("CIS-K8s-1.2.12",)
RULES = {
    NAME: (
        "The plugin ServiceAccount is on unless it is taken out. Without it a pod may name "
        "any account, and tokens are left to whoever writes the manifest."
    )
}
BAD = (running(API_SERVER, "--disable-admission-plugins=ServiceAccount"),)
GOOD = (
    running(API_SERVER),
    running(API_SERVER, "--disable-admission-plugins=PodSecurity"),
    running("other", "--disable-admission-plugins=x"),
)
FLAG = Flag(program=API_SERVER, name="disable-admission-plugins", wrong=must_lack("ServiceAccount"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
