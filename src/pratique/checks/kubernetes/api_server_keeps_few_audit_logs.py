"""Find that fewer than ten old audit logs are kept."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_reach,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-keeps-few-audit-logs"
TITLE = "fewer than ten old audit logs are kept"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0021",
    "CKV_K8S_93",
    "C-0132",
)
REFERENCES = ("CIS-K8s-1.2.18",)
PEDANTIC = True
RULES = {
    NAME: (
        "Whoever floods the log turns it over until what they did before is gone. Keep ten "
        "old files or more: --audit-log-maxbackup=10."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--audit-log-maxbackup=3"),
)
GOOD = (
    running(API_SERVER, "--audit-log-maxbackup=10"),
    running(API_SERVER, "--audit-webhook-config-file=/etc/a.yaml"),
    running("other", "--audit-log-maxbackup=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="audit-log-maxbackup",
    wrong=must_reach(10),
    unless=("audit-webhook-config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
