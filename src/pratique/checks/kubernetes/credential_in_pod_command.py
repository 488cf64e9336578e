"""Find credentials among the arguments of a container."""

import re
from collections.abc import Iterator

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "credential-in-pod-command"
TITLE = "a credential stands among the arguments of a container"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.4.1",
    "MITRE T1552.001",
)
RULES = {
    NAME: (
        "Arguments are seen by every process of the node that shows them, and stand in the "
        "manifest, in etcd and in logs. Hand the value over as a file from a Secret, and "
        "change it: it is known."
    )
}
BAD = (workload({"args": ["--db-password=hun" + "ter2"]}),)
GOOD = (
    workload({"args": ["--db-password=$(PASSWORD)", "--password-file=/run/a", "--token-ttl=5m"]}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, word in enumerate(one.words):
            name, _, value = word.lstrip("-").partition("=")
            plain = word.startswith("--") and value and not re.search(r"\s", word)
            if plain and is_secret_name(name) and is_value(value):
                yield told(one, f"--{name[:100]} has a value", "args", key=f"{name}{number}")
