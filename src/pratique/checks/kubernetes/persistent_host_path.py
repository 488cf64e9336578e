"""Find persistent volumes that are folders of a node."""

from collections.abc import Iterator

from pratique.checks.kubernetes._host_paths import is_sensitive
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "persistent-host-path"
TITLE = "a persistent volume is a folder of a node"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1611",)
RULES = {
    NAME: (
        "Behind a claim nobody sees that the volume is the node's own folder: Pod Security "
        "allows claims, so this passes it by. Use a local volume with node affinity, or a "
        "storage driver."
    )
}
BAD = (manifest("PersistentVolume", spec={"hostPath": {"path": "/data"}}),)
GOOD = (manifest("PersistentVolume", spec={"local": {"path": "/data"}}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("PersistentVolume"):
        if path := one.at("spec", "hostPath", "path").text:
            severity = Severity.HIGH if is_sensitive(path) else None
            yield told(one, f"is {path} of a node"[:200], "spec", "hostPath", severity=severity)
