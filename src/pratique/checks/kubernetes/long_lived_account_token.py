"""Find tokens of service accounts that never expire."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "long-lived-account-token"
TITLE = "a token of a service account never expires"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.6",
    "MITRE T1528",
)
RULES = {
    NAME: (
        "A Secret of the type service-account-token holds a token without an end, valid until "
        "the account is deleted, in etcd and every backup. Ask for a token when it is needed "
        "(kubectl create token, a projected volume): it ends by itself."
    )
}
BAD = (manifest("Secret", type="kubernetes.io/service-account-token"),)
GOOD = (manifest("Secret", type="Opaque"),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Secret"):
        if one.at("type").text == "kubernetes.io/service-account-token":
            yield told(one, "is a token that never expires", "type")
