"""Find that etcd makes up its own certificate."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_be, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-signs-for-itself"
TITLE = "etcd makes up its own certificate"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0044",
    "CKV_K8S_118",
    "C-0155",
)
REFERENCES = ("CIS-K8s-2.3",)
RULES = {
    NAME: (
        "A certificate that no authority signed tells a client nothing about who answers. "
        "Leave --auto-tls out and name a certificate."
    )
}
BAD = (
    running(ETCD, "--auto-tls"),
    running(ETCD, "--auto-tls=true"),
)
GOOD = (
    running(ETCD),
    running(ETCD, "--auto-tls=false"),
    running("other", "--auto-tls=x"),
)
FLAG = Flag(program=ETCD, name="auto-tls", wrong=must_be("false", default="false"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
