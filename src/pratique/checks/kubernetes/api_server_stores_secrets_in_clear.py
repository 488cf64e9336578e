"""Find that secrets are stored in the clear."""

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

NAME = "api-server-stores-secrets-in-clear"
TITLE = "secrets are stored in the clear"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0030",
    "CKV_K8S_104",
    "C-0141",
    "C-0066",
)
REFERENCES = ("CIS-K8s-1.2.27",)
RULES = {
    NAME: (
        "Secrets lie in etcd, and in every copy of it, as they are: whoever gets at a backup "
        "has them all. Name a configuration with a provider (kms, secretbox, aesgcm) by "
        "--encryption-provider-config."
    )
}
BAD = (running(API_SERVER),)
GOOD = (
    running(API_SERVER, "--encryption-provider-config=/etc/a.yaml"),
    running("other", "--encryption-provider-config=x"),
)
FLAG = Flag(program=API_SERVER, name="encryption-provider-config", wrong=must_stand)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
