"""Find that members of etcd make up their certificates."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_be, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-peers-sign-for-themselves"
TITLE = "members of etcd make up their certificates"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0047",
    "C-0158",
)
REFERENCES = ("CIS-K8s-2.6",)
RULES = {
    NAME: (
        "A certificate that no authority signed tells another member nothing about who joins. "
        "Leave --peer-auto-tls out and name a certificate."
    )
}
BAD = (running(ETCD, "--peer-auto-tls=true"),)
GOOD = (
    running(ETCD),
    running("other", "--peer-auto-tls=x"),
)
FLAG = Flag(program=ETCD, name="peer-auto-tls", wrong=must_be("false", default="false"))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
