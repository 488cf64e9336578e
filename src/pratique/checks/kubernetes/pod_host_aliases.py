"""Find pods that answer names by themselves."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-host-aliases"
TITLE = "a pod answers names by itself"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("KSV-0007",)
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "hostAliases write /etc/hosts, so a name means another address in this pod than "
        "elsewhere, and a check of certificates is all that would notice. Use DNS, or an "
        "ExternalName Service that others can see."
    )
}
BAD = (workload(spec={"hostAliases": [{"ip": "10.0.0.1", "hostnames": ["a"]}]}),)
GOOD = (workload(spec={"hostAliases": []}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at("hostAliases").items:
            yield told(pod, "hostAliases are set", "hostAliases")
