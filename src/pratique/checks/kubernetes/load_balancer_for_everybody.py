"""Find load balancers that serve the whole internet."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "load-balancer-for-everybody"
TITLE = "a load balancer serves every address"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "A Service of the type LoadBalancer without loadBalancerSourceRanges, and without an "
        "annotation that makes it internal, is usually open to the internet. If it is meant "
        "to be, fine; databases and consoles are not."
    )
}
BAD = (manifest("Service", spec={"type": "LoadBalancer"}),)
GOOD = (
    manifest("Service", spec={"type": "LoadBalancer", "loadBalancerSourceRanges": ["10.0.0.0/8"]}),
    manifest(
        "Service",
        metadata={"annotations": {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}},
        spec={"type": "LoadBalancer"},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Service"):
        inside = any(
            "internal" in f"{name}={value}".lower() for name, value in one.annotations.items()
        )
        ranges = one.at("spec", "loadBalancerSourceRanges").items
        if one.at("spec", "type").text == "LoadBalancer" and not inside and not ranges:
            yield told(one, "has no source ranges", "spec", "type")
