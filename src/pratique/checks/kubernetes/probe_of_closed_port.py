"""Find probes of a port name that the container does not have."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "probe-of-closed-port"
TITLE = "a probe asks a port that the container does not name"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "readiness-port",
    "liveness-port",
    "startup-port",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The probe names a port that is not among the ports of its container, so it fails for "
        "ever and the pod is never ready, or is killed again and again. Ports given as "
        "numbers are left alone: they need not be listed."
    )
}
BAD = (
    workload(
        {
            "ports": [{"name": "http", "containerPort": 80}],
            "readinessProbe": {"httpGet": {"port": "web"}},
        }
    ),
)
GOOD = (
    workload(
        {
            "ports": [{"name": "http", "containerPort": 80}],
            "readinessProbe": {"httpGet": {"port": "http"}},
        }
    ),
    workload({"readinessProbe": {"httpGet": {"port": 8080}}}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        names = {port.at("name").text for port in one.at("ports").items}
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            for action in ("httpGet", "tcpSocket"):
                port = one.at(probe, action, "port")
                if port.text and not port.text.isdigit() and port.text not in names:
                    yield told(
                        one, f"{probe} asks {port.text[:50]}", probe, action, "port", key=probe
                    )
