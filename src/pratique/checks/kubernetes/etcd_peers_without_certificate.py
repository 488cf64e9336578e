"""Find that members of etcd speak without encryption."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_stand, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-peers-without-certificate"
TITLE = "members of etcd speak without encryption"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0045",
    "CKV_K8S_119",
    "C-0156",
)
REFERENCES = ("CIS-K8s-2.4",)
RULES = {
    NAME: (
        "What one member writes goes to the others in the clear. Name a certificate and its "
        "key by --peer-cert-file and --peer-key-file."
    )
}
BAD = (running(ETCD),)
GOOD = (
    running(ETCD, "--peer-cert-file=/pki/a.crt", "--peer-key-file=/pki/a.key"),
    running(ETCD, "--config-file=/etc/a.yaml"),
    running("other", "--peer-cert-file=x"),
)
FLAG = Flag(program=ETCD, name="peer-cert-file", wrong=must_stand, unless=("config-file",))


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
