"""Find network policies that let in the whole internet."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "network-policy-for-everybody"
TITLE = "a network policy lets everybody in"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("NSA/CISA Network separation",)
RULES = {
    NAME: (
        "An ingress rule without from, or from 0.0.0.0/0 without exceptions, allows every "
        "address. For a public service the policy should name its ports at least; for "
        "everything else, whom it serves."
    )
}
BAD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {}, "ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}]},
    ),
    manifest("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}, "ingress": [{}]}),
)
GOOD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {}, "ingress": [{"ports": [{"port": 80}]}]},
    ),
    manifest("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}, "ingress": []}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("NetworkPolicy"):
        for number, rule in enumerate(one.at("spec", "ingress").items):
            peers = rule.at("from").items
            blocks = [peer.at("ipBlock") for peer in peers]
            world = any(
                b.at("cidr").text in ("0.0.0.0/0", "::/0") and not b.at("except").items
                for b in blocks
            )
            if (world or not peers) and not rule.at("ports").items:
                yield told(one, "lets every address in", "spec", "ingress", number, key=str(number))
