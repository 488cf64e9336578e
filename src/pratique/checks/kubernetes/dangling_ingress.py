"""Find Ingresses that send to Services that are not there."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, namespace_of, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dangling-ingress"
TITLE = "an ingress sends to a service that is not there"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "dangling-ingress",
    "C-0298",
)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "The backend names a Service that is not among the manifests of the namespace. "
        "Whoever may make Services there can take the name, and the traffic of the host with "
        "it."
    )
}
BAD = (
    (
        manifest("Service", name="web"),
        manifest(
            "Ingress",
            "networking.k8s.io/v1",
            spec={"defaultBackend": {"service": {"name": "gone"}}},
        ),
    ),
)
GOOD = (
    (
        manifest("Service", name="web"),
        manifest(
            "Ingress",
            "networking.k8s.io/v1",
            spec={"rules": [{"http": {"paths": [{"backend": {"service": {"name": "web"}}}]}}]},
        ),
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    there = scene.named("Service")
    for one in scene.of("Ingress"):
        space = namespace_of(one)
        known = any(where == space for where, _ in there)
        backends = [one.at("spec", "defaultBackend"), one.at("spec", "backend")]
        for rule in one.at("spec", "rules").items:
            backends += [path.at("backend") for path in rule.at("http", "paths").items]
        names = {b.at("service", "name").text or b.at("serviceName").text for b in backends}
        for name in sorted(names - {""}):
            if known and (space, name) not in there:
                yield told(one, f"sends to {name}, which is not here"[:200], "spec", key=name)
