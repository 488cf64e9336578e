"""Find containers that nobody starts anew when they hang."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-liveness-probe"
TITLE = "nothing notices that a container hangs"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "CKV_K8S_8",
    "no-liveness-probe",
    "C-0056",
)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "Without a liveness probe a program that hangs goes on hanging. A probe that asks too "
        "much does more harm than none: it must not depend on other services."
    )
}
BAD = (workload({"ports": [{"containerPort": 8080}]}),)
GOOD = (
    workload({"livenessProbe": {"tcpSocket": {"port": 8080}}}),
    workload(top={"kind": "Job"}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.running:
        served = one.pod.kind not in ("Job", "CronJob") and one.at("ports").items
        if served and not one.at("livenessProbe"):
            yield told(one, "has no liveness probe", "livenessProbe")
