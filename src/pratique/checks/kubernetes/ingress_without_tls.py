"""Find Ingresses that serve without TLS."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ingress-without-tls"
TITLE = "an ingress serves without encryption"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("C-0263",)
REFERENCES: tuple[str, ...] = (
    "NSA/CISA",
    "MITRE T1557",
)
RULES = {
    NAME: (
        "Without a tls section what passes (passwords, session cookies) can be read and "
        "changed on the way. Add tls with the hosts and a secret; a controller may also end "
        "TLS with a default certificate, which cannot be seen here."
    )
}
BAD = (manifest("Ingress", "networking.k8s.io/v1", spec={"rules": [{"host": "shop.example"}]}),)
GOOD = (
    manifest(
        "Ingress",
        "networking.k8s.io/v1",
        spec={
            "rules": [{"host": "shop.example"}],
            "tls": [{"hosts": ["shop.example"], "secretName": "a"}],
        },
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Ingress"):
        if not one.at("spec", "tls").items:
            yield told(one, "has no tls section", "spec", "rules")
