"""Find volumes that are folders of the node."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-path-volume"
TITLE = "a volume is a folder of the node"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0023",
    "C-0048",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.11",
    "NSA/CISA Pod security",
    "MITRE T1611",
)
CONTROLS = (
    "hostpathvolumes",
    "restrictedvolumes",
)
RULES = {
    NAME: (
        "A hostPath volume is the node's own files. It outlives the pod, is shared with every "
        "pod that mounts it, and many paths lead from it to root on the node. Use a "
        "persistent volume, a config map or an emptyDir."
    )
}
BAD = (workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]}),)
GOOD = (workload(spec={"volumes": [{"name": "a", "emptyDir": {}}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, volume in enumerate(pod.at("volumes").items):
            if "hostPath" in volume.fields:
                name, path = volume.at("name").text, volume.at("hostPath", "path").text
                yield told(
                    pod,
                    f"volume {name} is {path} of the node"[:200],
                    "volumes",
                    number,
                    "hostPath",
                    key=name,
                )
