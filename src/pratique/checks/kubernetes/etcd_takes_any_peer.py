"""Find that etcd takes members without a certificate."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_be, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-takes-any-peer"
TITLE = "etcd takes members without a certificate"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0046",
    "CKV_K8S_121",
    "C-0157",
)
REFERENCES = ("CIS-K8s-2.5",)
RULES = {
    NAME: (
        "Whoever may join etcd has a copy of everything and a vote on what is written. Say "
        "--peer-client-cert-auth=true, with --peer-trusted-ca-file."
    )
}
BAD = (running(ETCD),)
GOOD = (
    running(ETCD, "--peer-client-cert-auth=true"),
    running(ETCD, "--config-file=/etc/a.yaml"),
    running("other", "--peer-client-cert-auth=x"),
)
FLAG = Flag(
    program=ETCD,
    name="peer-client-cert-auth",
    wrong=must_be("true", default="false"),
    unless=("config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
