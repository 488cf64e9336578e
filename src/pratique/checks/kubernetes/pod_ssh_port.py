"""Find containers that let people log in by SSH."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-ssh-port"
TITLE = "a container opens the port of SSH"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "C-0042",
    "ssh-port",
)
REFERENCES: tuple[str, ...] = ("MITRE T1021.004",)
RULES = {
    NAME: (
        "A second way in beside kubectl has accounts, keys and logs of its own that nobody in "
        "the cluster watches. Use `kubectl exec` or `kubectl debug`, which the API server "
        "authorises and records."
    )
}
BAD = (workload({"ports": [{"containerPort": 22}]}),)
GOOD = (
    workload({"ports": [{"containerPort": 2222}]}),
    workload({"ports": [{"containerPort": 22, "protocol": "UDP"}]}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, port in enumerate(one.at("ports").items):
            if port.at("containerPort").number == 22 and port.at("protocol").text in ("", "TCP"):
                yield told(one, "opens port 22", "ports", number, "containerPort")
