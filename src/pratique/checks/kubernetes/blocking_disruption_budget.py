"""Find disruption budgets that allow no disruption at all."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "blocking-disruption-budget"
TITLE = "a disruption budget lets no node be drained"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "pdb-max-unavailable",
    "pdb-min-available",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "With maxUnavailable 0, or minAvailable 100%, no pod may ever be evicted: nodes "
        "cannot be drained, so they are not patched. Allow one."
    )
}
BAD = (
    manifest("PodDisruptionBudget", "policy/v1", spec={"maxUnavailable": 0}),
    manifest("PodDisruptionBudget", "policy/v1", spec={"minAvailable": "100%"}),
)
GOOD = (manifest("PodDisruptionBudget", "policy/v1", spec={"maxUnavailable": 1}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("PodDisruptionBudget"):
        for field, none in (("maxUnavailable", ("0", "0%")), ("minAvailable", ("100%",))):
            if one.at("spec", field).text in none:
                yield told(one, f"{field} is {one.at('spec', field).text}", "spec", field)
