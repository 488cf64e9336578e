"""Find temporary volumes that may fill the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "empty-dir-without-limit"
TITLE = "a temporary volume may fill the node"
SEVERITY = Severity.NEGLIGIBLE
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
PEDANTIC = True
RULES = {
    NAME: (
        "An emptyDir without sizeLimit grows until the node's disk is full; one in memory "
        "counts against the container's memory. Set sizeLimit."
    )
}
BAD = (workload(spec={"volumes": [{"name": "a", "emptyDir": {}}]}),)
GOOD = (workload(spec={"volumes": [{"name": "a", "emptyDir": {"sizeLimit": "1Gi"}}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, volume in enumerate(pod.at("volumes").items):
            if "emptyDir" in volume.fields and not volume.at("emptyDir", "sizeLimit"):
                name = volume.at("name").text
                yield told(
                    pod, f"volume {name} has no sizeLimit"[:200], "volumes", number, key=name
                )
