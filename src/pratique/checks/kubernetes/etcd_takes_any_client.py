"""Find that etcd answers clients without a certificate."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import ETCD, Flag, must_be, running, wrong_flags
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "etcd-takes-any-client"
TITLE = "etcd answers clients without a certificate"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0043",
    "CKV_K8S_117",
    "C-0154",
)
REFERENCES = ("CIS-K8s-2.2",)
RULES = {
    NAME: (
        "Whoever reaches the port of etcd reads every secret and may write what the cluster "
        "is. Say --client-cert-auth=true, with --trusted-ca-file."
    )
}
BAD = (running(ETCD),)
GOOD = (
    running(ETCD, "--client-cert-auth=true"),
    running(ETCD, "--client-cert-auth"),
    running(ETCD, "--config-file=/etc/a.yaml"),
    running("other", "--client-cert-auth=x"),
)
FLAG = Flag(
    program=ETCD,
    name="client-cert-auth",
    wrong=must_be("true", default="false"),
    unless=("config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
