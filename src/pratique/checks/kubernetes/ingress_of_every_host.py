"""Find Ingresses that answer for every host."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ingress-of-every-host"
TITLE = "an ingress answers for every host"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "A rule without host, or for *, takes requests for every name that nobody else "
        "serves, those sent by address too. Name the host, so that two teams do not answer "
        "for each other."
    )
}
BAD = (manifest("Ingress", "networking.k8s.io/v1", spec={"rules": [{"http": {}}]}),)
GOOD = (manifest("Ingress", "networking.k8s.io/v1", spec={"rules": [{"host": "shop.example"}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Ingress"):
        for number, rule in enumerate(one.at("spec", "rules").items):
            if rule.at("host").text in ("", "*"):
                yield told(one, "a rule has no host", "spec", "rules", number, key=str(number))
