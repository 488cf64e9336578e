"""Find that etcd speaks without encryption."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_stand, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-without-certificate"
TITLE = "etcd speaks without encryption"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0042",
    "CKV_K8S_116",
    "C-0153",
)
REFERENCES = ("CIS-K8s-2.1",)
RULES = {
    NAME: (
        "Everything in the cluster, secrets too, passes here for whoever listens on the way. "
        "Name a certificate and its key by --cert-file and --key-file."
    )
}
BAD = (running(ETCD),)
GOOD = (
    running(ETCD, "--cert-file=/pki/a.crt", "--key-file=/pki/a.key"),
    running(ETCD, "--config-file=/etc/a.yaml"),
    running("other", "--cert-file=x"),
)
FLAG = Flag(program=ETCD, name="cert-file", wrong=must_stand, unless=("config-file",))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
