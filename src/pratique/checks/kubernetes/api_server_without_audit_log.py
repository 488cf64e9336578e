"""Find that nobody notes what is asked of the API server."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_stand,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-without-audit-log"
TITLE = "nobody notes what is asked of the API server"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0019",
    "CKV_K8S_91",
    "C-0130",
)
REFERENCES = ("CIS-K8s-1.2.16",)
RULES = {
    NAME: (
        "Without an audit log nobody can tell afterwards who read a secret or made a pod. "
        "Name a file by --audit-log-path and what to note by --audit-policy-file, or a "
        "receiver by --audit-webhook-config-file."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--audit-log-path=/var/log/a.log"),
    running(API_SERVER, "--audit-webhook-config-file=/etc/a.yaml"),
    running("other", "--audit-log-path=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="audit-log-path",
    wrong=must_stand,
    unless=("audit-webhook-config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
