"""Find monitors of Prometheus that do not check whom they ask."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "monitor-without-tls-check"
TITLE = "figures are fetched from whoever answers"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1557",)
RULES = {
    NAME: (
        "With insecureSkipVerify Prometheus takes any certificate: whoever stands in between sends "
        "figures of their own, and gets the token that it shows. Name the authority by "
        "tlsConfig.ca, and the name of the server by serverName where it is another."
    )
}
_LISTS = {
    "ServiceMonitor": "endpoints",
    "PodMonitor": "podMetricsEndpoints",
    "Prometheus": "remoteWrite",
    "PrometheusAgent": "remoteWrite",
}
"""Kinds of the Prometheus operator that hold what is asked in a list."""
_ONE = ("Probe", "ScrapeConfig")
_SKIPS = {"tlsConfig": {"insecureSkipVerify": True}}
_API = "monitoring.coreos.com/v1"
BAD = (
    manifest("ServiceMonitor", _API, spec={"endpoints": [{"port": "web"}, _SKIPS]}),
    manifest("PodMonitor", _API, spec={"podMetricsEndpoints": [_SKIPS]}),
    manifest("Probe", _API, spec=_SKIPS),
)
GOOD = (
    manifest("ServiceMonitor", _API, spec={"endpoints": [{"tlsConfig": {"serverName": "a"}}]}),
    manifest("Deployment", "apps/v1", spec=_SKIPS),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each endpoint, or the monitor itself, whose certificate is not looked at."""
    for one in scene.of(*_LISTS, *_ONE):
        field = _LISTS.get(one.kind)
        count = len(one.at("spec", field).items) if field else 0
        paths: list[tuple[str | int, ...]] = (
            [("spec", field, n) for n in range(count)] if field else []
        )
        for path in paths or [("spec",)]:
            skip = (*path, "tlsConfig", "insecureSkipVerify")
            if one.at(*skip).truth:
                yield told(one, "insecureSkipVerify is true", *skip, key=str(path[-1]))
