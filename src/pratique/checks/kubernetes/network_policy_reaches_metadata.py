"""Find network policies that allow the way to a cloud's metadata service."""

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "network-policy-reaches-metadata"
TITLE = "a network policy allows the metadata service of the cloud"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("C-0052",)
REFERENCES: tuple[str, ...] = ("MITRE T1552.005",)
RULES = {
    NAME: (
        "169.254.169.254 answers with the credentials of the node. An egress rule to "
        "0.0.0.0/0 includes it. Add it to except, or name the networks that are meant."
    )
}
SERVICE = "169.254.169.254"
BAD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]},
    ),
)
GOOD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={
            "podSelector": {},
            "egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.0.0/16"]}}]}],
        },
    ),
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {}, "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("NetworkPolicy"):
        for number, rule in enumerate(one.at("spec", "egress").items):
            for peer in rule.at("to").items:
                block = peer.at("ipBlock")
                excepted = any(_holds(item.text) for item in block.at("except").items)
                if _holds(block.at("cidr").text) and not excepted:
                    yield told(
                        one,
                        f"allows the way to {SERVICE}",
                        "spec",
                        "egress",
                        number,
                        key=str(number),
                    )
                    break


def _holds(network: str) -> bool:
    try:
        return ip_address(SERVICE) in ip_network(network, strict=False)
    except ValueError:
        return False
