"""Find manifests that carry kubectl's memory of themselves."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "applied-configuration-kept"
TITLE = "a manifest carries what kubectl last applied"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "The annotation last-applied-configuration is a copy of an older self, with values "
        "that have been taken out since. It shows that the file was exported from a cluster; "
        "remove it, and managedFields and status with it."
    )
}
ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration"
BAD = (
    manifest(
        "ConfigMap",
        metadata={"annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}"}},
    ),
)
GOOD = (manifest("ConfigMap", metadata={"annotations": {"a": "b"}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.objects:
        if ANNOTATION in one.annotations:
            yield told(one, f"has {ANNOTATION}", "metadata", "annotations", ANNOTATION)
