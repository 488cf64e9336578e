"""Find network policies that hold none of the pods."""

from collections.abc import Iterator

from pratique.checks.kubernetes._selecting import taken
from pratique.checks.kubernetes.interface import (
    ManifestFault,
    Scene,
    manifest,
    namespace_of,
    told,
    workload,
)
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dangling-network-policy"
TITLE = "a network policy holds none of the pods"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "dangling-networkpolicy",
    "C-0299",
)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "The policy selects labels that no pod of its namespace has, among those that are "
        "looked at here: a slip, and the pods it was meant for are open. It is told only "
        "where the namespace has pods at all."
    )
}
BAD = (
    (
        workload(),
        manifest(
            "NetworkPolicy",
            "networking.k8s.io/v1",
            spec={"podSelector": {"matchLabels": {"app": "db"}}},
        ),
    ),
)
GOOD = (
    (
        workload(),
        manifest(
            "NetworkPolicy",
            "networking.k8s.io/v1",
            spec={"podSelector": {"matchLabels": {"app": "web"}}},
        ),
    ),
    manifest(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        spec={"podSelector": {"matchLabels": {"app": "db"}}},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("NetworkPolicy"):
        space = namespace_of(one)
        if space in scene.pods_in and not any(taken(scene, space, one.at("spec", "podSelector"))):
            yield told(one, "selects no pod", "spec", "podSelector")
