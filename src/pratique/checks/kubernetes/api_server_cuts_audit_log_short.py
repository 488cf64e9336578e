"""Find that the audit log is turned over below a hundred megabytes."""

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

NAME = "api-server-cuts-audit-log-short"
TITLE = "the audit log is turned over below a hundred megabytes"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0022",
    "CKV_K8S_94",
    "C-0133",
)
REFERENCES = ("CIS-K8s-1.2.19",)
PEDANTIC = True
RULES = {
    NAME: (
        "With small files few days fit into those that are kept, and what happened before "
        "them is gone. Let them grow to a hundred megabytes: --audit-log-maxsize=100."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--audit-log-maxsize=10"),
)
GOOD = (
    running(API_SERVER, "--audit-log-maxsize=100"),
    running(API_SERVER, "--audit-webhook-config-file=/etc/a.yaml"),
    running("other", "--audit-log-maxsize=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="audit-log-maxsize",
    wrong=must_reach(100),
    unless=("audit-webhook-config-file",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
