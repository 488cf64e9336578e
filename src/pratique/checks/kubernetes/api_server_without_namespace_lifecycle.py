"""Find that things are made in namespaces that are ending."""

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

NAME = "api-server-without-namespace-lifecycle"
TITLE = "things are made in namespaces that are ending"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0015",
    "CKV_K8S_83",
    "C-0126",
)
REFERENCES = ("CIS-K8s-1.2.13",)
RULES = {
    NAME: (
        "The plugin NamespaceLifecycle is on unless it is taken out. Without it objects come "
        "into namespaces that are not there or being deleted, where nothing governs them."
    )
}
BAD = (running(API_SERVER, "--disable-admission-plugins=NamespaceLifecycle"),)
GOOD = (
    running(API_SERVER),
    running("other", "--disable-admission-plugins=x"),
)
FLAG = Flag(
    program=API_SERVER, name="disable-admission-plugins", wrong=must_lack("NamespaceLifecycle")
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
