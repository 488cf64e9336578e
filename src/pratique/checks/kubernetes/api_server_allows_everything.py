"""Find that the API server allows everything to everybody."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_lack,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-allows-everything"
TITLE = "the API server allows everything to everybody"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0007",
    "CKV_K8S_74",
    "C-0118",
)
REFERENCES = ("CIS-K8s-1.2.6",)
RULES = {
    NAME: (
        "With AlwaysAllow, which is also the default, no role is asked: whoever reaches the "
        "API server owns the cluster. Say --authorization-mode=Node,RBAC."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--authorization-mode=AlwaysAllow,RBAC"),
)
GOOD = (
    running(API_SERVER, "--authorization-mode=Node,RBAC"),
    running(API_SERVER, "--authorization-config=/etc/a.yaml"),
    running("other", "--authorization-mode=x"),
)


def _wrong(value: str | None) -> str:
    """Tell the mode, which is the default too."""
    return must_lack("AlwaysAllow")("AlwaysAllow" if value is None else value)


FLAG = Flag(
    program=API_SERVER, name="authorization-mode", wrong=_wrong, unless=("authorization-config",)
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
