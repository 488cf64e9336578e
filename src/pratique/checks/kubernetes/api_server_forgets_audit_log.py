"""Find that the audit log is kept for less than thirty days."""

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

NAME = "api-server-forgets-audit-log"
TITLE = "the audit log is kept for less than thirty days"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0020",
    "CKV_K8S_92",
    "C-0131",
)
REFERENCES = ("CIS-K8s-1.2.17",)
PEDANTIC = True
RULES = {
    NAME: (
        "Break-ins are often noticed after weeks, when the log that would show them is gone. "
        "Keep it for thirty days or more: --audit-log-maxage=30."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--audit-log-maxage=7"),
)
GOOD = (
    running(API_SERVER, "--audit-log-maxage=30"),
    running(API_SERVER, "--audit-webhook-config-file=/etc/a.yaml"),
    running("other", "--audit-log-maxage=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="audit-log-maxage",
    wrong=must_reach(30),
    unless=("audit-webhook-config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
