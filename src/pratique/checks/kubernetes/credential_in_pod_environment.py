"""Find credentials written into the environment of a container."""

from collections.abc import Iterator

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "credential-in-pod-environment"
TITLE = "a credential stands in the manifest as a variable"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "C-0012",
    "env-var-secret",
    "C-0259",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.4.1",
    "NSA/CISA",
    "MITRE T1552.001",
)
RULES = {
    NAME: (
        "The value stands in the repository, in etcd, in every `kubectl get -o yaml`, and in "
        "the history of all three. Put it into a Secret, made outside the repository, and "
        "change it: it is known. Names and values are looked at; a value that is a path, a "
        "reference or a placeholder is left alone."
    )
}
BAD = (workload({"env": [{"name": "DB_PASSWORD", "value": "hun" + "ter2"}]}),)
GOOD = (
    workload(
        {"env": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]}
    ),
    workload(
        {
            "env": [
                {"name": "DB_PASSWORD", "value": "$(OTHER)"},
                {"name": "TOKEN_FILE", "value": "a"},
            ]
        }
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, env in enumerate(one.at("env").items):
            name, value = env.at("name").text[:100], env.at("value").text
            if value and is_secret_name(name) and is_value(value):
                yield told(
                    one, f"{name} has a value", "env", number, "value", key=f"{name}{number}"
                )
