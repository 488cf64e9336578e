"""Find mounts that spread back to the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-mounts-into-node"
TITLE = "mounts of a container spread to the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "MITRE T1611",
)
RULES = {
    NAME: (
        "With mountPropagation: Bidirectional what a container mounts appears on the node and "
        "in other pods. It needs a privileged container and belongs to storage drivers alone. "
        "Use HostToContainer, or None."
    )
}
BAD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a", "mountPropagation": "Bidirectional"}]}
    ),
)
GOOD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a", "mountPropagation": "HostToContainer"}]}
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        for number, mount in enumerate(one.at("volumeMounts").items):
            if mount.at("mountPropagation").text == "Bidirectional":
                name = mount.at("name").text
                yield told(
                    one,
                    f"mounts of {name} spread to the node"[:200],
                    "volumeMounts",
                    number,
                    "mountPropagation",
                    key=name,
                )
