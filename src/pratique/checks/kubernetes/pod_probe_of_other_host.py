"""Find probes and lifecycle hooks that make the node call another host."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-probe-of-other-host"
TITLE = "a probe makes the node call another host"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("PSS baseline (from 1.34)",)
CONTROLS = ("hostprobesandhostlifecycle",)
RULES = {
    NAME: (
        "The kubelet runs probes and hooks from the node's network. With host set, whoever "
        "writes the pod makes the node call any address, past network policies: the metadata "
        "service of a cloud, an admin port on loopback. Leave host out, so that it is the "
        "pod's own address."
    )
}
HOOKS = (
    ("livenessProbe",), ("readinessProbe",), ("startupProbe",),
    ("lifecycle", "postStart"), ("lifecycle", "preStop"),
)  # fmt: skip
BAD = (
    workload({"livenessProbe": {"httpGet": {"host": "169.254.169.254", "port": 80}}}),
    workload({"lifecycle": {"preStop": {"tcpSocket": {"host": "127.0.0.1", "port": 1}}}}),
)
GOOD = (
    workload({"livenessProbe": {"httpGet": {"path": "/", "port": 80}}}),
    workload({"livenessProbe": {"httpGet": {"host": "", "port": 80}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for hook in HOOKS:
            for action in ("httpGet", "tcpSocket"):
                if host := one.at(*hook, action, "host").text:
                    yield told(
                        one, f"{hook[-1]} asks {host}"[:200], *hook, action, "host", key=hook[-1]
                    )
