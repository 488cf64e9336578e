"""Find Services that send to none of the pods."""

from collections.abc import Iterator

from pratique.checks.kubernetes._selecting import has
from pratique.checks.kubernetes.interface import (
    ManifestFault,
    Scene,
    manifest,
    namespace_of,
    told,
    workload,
)
from pratique.formats.kubernetes.objects import texts
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dangling-service"
TITLE = "a service sends to none of the pods"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "dangling-service",
    "C-0293",
)
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "The Service selects labels that no pod of its namespace has, among those that are "
        "looked at here. It is told only where the namespace has pods at all; Services "
        "without a selector have endpoints of their own."
    )
}
BAD = ((workload(), manifest("Service", spec={"selector": {"app": "db"}})),)
GOOD = (
    (workload(), manifest("Service", spec={"selector": {"app": "web"}})),
    (workload(), manifest("Service", spec={"type": "ExternalName", "selector": {"app": "db"}})),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Service"):
        wanted = texts(one.at("spec", "selector"))
        space = namespace_of(one)
        sends = wanted and one.at("spec", "type").text != "ExternalName"
        if not sends or space not in scene.pods_in:
            continue
        row = scene.pods_with.get((space, *next(iter(wanted.items()))), ())
        if not any(has(labels, wanted) for _, labels in row):
            yield told(one, "selects no pod", "spec", "selector")
