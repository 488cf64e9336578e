"""Find that the API server answers whoever does not log in."""

from collections.abc import Iterator

from pratique.checks.kubernetes._control_plane import (
    API_SERVER,
    Flag,
    must_be,
    running,
    wrong_flags,
)
from pratique.checks.kubernetes.interface import ManifestFault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-server-takes-anonymous"
TITLE = "the API server answers whoever does not log in"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KCV-0001",
    "CKV_K8S_68",
    "C-0113",
)
REFERENCES = ("CIS-K8s-1.2.1",)
PEDANTIC = True
RULES = {
    NAME: (
        "Requests without credentials are those of system:anonymous. Roles decide what it may "
        "do, and one careless binding gives the cluster away. Say --anonymous-auth=false, or "
        "name the few addresses that need no login (health checks) in the file of "
        "--authentication-config."
    )
}
BAD = (
    running(API_SERVER),
    running(API_SERVER, "--anonymous-auth=true"),
)
GOOD = (
    running(API_SERVER, "--anonymous-auth=false"),
    running(API_SERVER, "--authentication-config=/etc/a.yaml"),
    running("other", "--anonymous-auth=x"),
)
FLAG = Flag(
    program=API_SERVER,
    name="anonymous-auth",
    wrong=must_be("false", default="true"),
    unless=("authentication-config",),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    return wrong_flags(scene, FLAG)
