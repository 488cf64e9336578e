"""Find Services that take addresses they do not own."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "service-with-external-ip"
TITLE = "a service takes an address from outside"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0108",)
REFERENCES: tuple[str, ...] = ("CVE-2020-8554",)
RULES = {
    NAME: (
        "With externalIPs a Service draws the traffic of the whole cluster for an address to "
        "its pods, any address, so whoever may write Services can listen in (CVE-2020-8554). "
        "Use a load balancer; refuse the field by the admission plugin "
        "DenyServiceExternalIPs."
    )
}
BAD = (manifest("Service", spec={"externalIPs": ["1.2.3.4"], "selector": {"app": "web"}}),)
GOOD = (manifest("Service", spec={"selector": {"app": "web"}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Service"):
        if one.at("spec", "externalIPs").items:
            yield told(one, "sets externalIPs", "spec", "externalIPs")
