"""Find API services whose certificate nobody checks."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "api-service-without-tls-check"
TITLE = "the certificate of an API service is not checked"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1557",)
RULES = {
    NAME: (
        "With insecureSkipTLSVerify the API server hands requests, and the identity of who "
        "asks, to whoever answers at that address. Give it the authority by caBundle."
    )
}
BAD = (manifest("APIService", "apiregistration.k8s.io/v1", spec={"insecureSkipTLSVerify": True}),)
GOOD = (manifest("APIService", "apiregistration.k8s.io/v1", spec={"caBundle": "LS0t"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("APIService"):
        if one.at("spec", "insecureSkipTLSVerify").truth:
            yield told(one, "insecureSkipTLSVerify is true", "spec", "insecureSkipTLSVerify")
