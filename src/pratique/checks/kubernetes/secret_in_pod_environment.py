"""Find secrets handed over as variables."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "secret-in-pod-environment"
TITLE = "a secret is handed over as a variable"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "CKV_K8S_35",
    "read-secret-from-env-var",
    "C-0207",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.4.1",)
PEDANTIC = True
RULES = {
    NAME: (
        "A variable is seen by every process of the container and by who reads /proc, goes "
        "into crash reports and logs, and stays until the pod is started anew. A file from a "
        "secret volume can be guarded and renews itself."
    )
}
BAD = (
    workload({"env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]}),
    workload({"envFrom": [{"secretRef": {"name": "a"}}]}),
)
GOOD = (
    workload({"env": [{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}}]}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, env in enumerate(one.at("env").items):
            if env.at("valueFrom", "secretKeyRef"):
                name = env.at("name").text[:100]
                yield told(one, f"{name} comes from a secret", "env", number, key=f"env{number}")
        for number, source in enumerate(one.at("envFrom").items):
            if source.at("secretRef"):
                yield told(
                    one, "a whole secret becomes variables", "envFrom", number, key=f"from{number}"
                )
