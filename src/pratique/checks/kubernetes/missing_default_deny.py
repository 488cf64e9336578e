"""Find namespaces whose policies do not refuse what nobody allowed."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, namespace_of, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "missing-default-deny"
TITLE = "a namespace does not refuse what nobody allowed"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ("C-0030",)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.3.2",
    "NSA/CISA Network separation",
)
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "A NetworkPolicy holds only the pods it selects, so a new pod is open until somebody "
        "thinks of it. One policy with an empty podSelector for Ingress and Egress turns that "
        "around."
    )
}
BAD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {"matchLabels": {"app": "db"}}, "policyTypes": ["Ingress"]},
    ),
)
GOOD = (
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    policies = list(scene.of("NetworkPolicy"))
    whole = {
        namespace_of(one)
        for one in policies
        if one.at("spec", "podSelector").line and not one.at("spec", "podSelector").fields
    }
    for space in sorted({namespace_of(one) for one in policies} - whole):
        first = next(one for one in policies if namespace_of(one) == space)
        yield told(first, f"nothing is refused by default in {space}", "spec", "podSelector")
