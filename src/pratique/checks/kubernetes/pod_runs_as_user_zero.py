"""Find pods and containers that ask for the user 0."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-runs-as-user-zero"
TITLE = "a container is made to run as root"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0105",)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.2.7",
    "NSA/CISA Pod security",
)
CONTROLS = ("runasuser",)
RULES = {
    NAME: (
        "runAsUser: 0 starts the container as root whatever its image says. Give it the "
        "number of an ordinary user; what it has to write belongs into a volume with a "
        "fitting fsGroup."
    )
}
PATH = ("securityContext", "runAsUser")
BAD = (
    workload({"securityContext": {"runAsUser": 0}}),
    workload(spec={"securityContext": {"runAsUser": 0}}),
)
GOOD = (
    workload({"securityContext": {"runAsUser": 65532}}),
    workload(),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        if part.at(*PATH).number == 0:
            yield told(part, "runAsUser is 0", *PATH)
