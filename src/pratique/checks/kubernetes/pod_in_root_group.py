"""Find pods whose processes belong to the group of root."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-in-root-group"
TITLE = "processes belong to the group of root"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0021",
    "KSV-0116",
)
REFERENCES: tuple[str, ...] = ("NSA/CISA Pod security",)
RULES = {
    NAME: (
        "The group 0 may read, and often write, files that an image leaves open to root's "
        "group. As runAsGroup, fsGroup or supplementalGroups it is granted on purpose here. "
        "Use a group of the application's own."
    )
}
BAD = (
    workload({"securityContext": {"runAsGroup": 0}}),
    workload(spec={"securityContext": {"supplementalGroups": [0, 5]}}),
)
GOOD = (workload(spec={"securityContext": {"fsGroup": 1000}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for part in (*scene.pods, *scene.containers):
        for field in ("runAsGroup", "fsGroup", "supplementalGroups"):
            said = part.at("securityContext", field)
            if 0 in [said.number, *(item.number for item in said.items)]:
                yield told(part, f"{field} is 0", "securityContext", field, key=field)
