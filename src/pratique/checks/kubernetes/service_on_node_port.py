"""Find Services that open a port on every node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-on-node-port"
TITLE = "a service opens a port on every node"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("exposed-services",)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "A NodePort is open on every address of every node, past Ingress, its TLS and its "
        "logs. Use ClusterIP behind an Ingress or Gateway, or a load balancer with source "
        "ranges."
    )
}
BAD = (manifest("Service", spec={"type": "NodePort"}),)
GOOD = (manifest("Service", spec={"type": "ClusterIP"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Service"):
        if one.at("spec", "type").text == "NodePort":
            yield told(one, "is of the type NodePort", "spec", "type")
