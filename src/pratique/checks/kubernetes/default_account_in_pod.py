"""Find pods that run as the account every pod has by default."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-account-in-pod"
TITLE = "a pod runs as the default account"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "default-service-account",
    "C-0189",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.5",)
PEDANTIC = True
RULES = {
    NAME: (
        "What the default account is once given, every pod without an account of its own has. "
        "With one account for each workload, rights can be given to one alone, and the audit "
        "log says who it was."
    )
}
BAD = (workload(),)
GOOD = (
    workload(spec={"serviceAccountName": "web"}),
    workload(spec={"automountServiceAccountToken": False}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.account == "default" and pod.at("automountServiceAccountToken").truth is not False:
            yield told(pod, "runs as the account default", "serviceAccountName")
