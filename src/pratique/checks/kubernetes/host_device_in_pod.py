"""Find devices of the node that a pod is given as a host path."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "host-device-in-pod"
TITLE = "a pod is given a device of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "MITRE T1611",
)
RULES = {
    NAME: (
        "A device file of the node in a container bypasses file systems and their rights: a "
        "disk is readable whole, /dev/mem is the kernel. Use a device plugin, or a volume of "
        "the mode Block."
    )
}
BAD = (
    workload(
        spec={"volumes": [{"name": "a", "hostPath": {"path": "/dev/sda", "type": "BlockDevice"}}]}
    ),
)
GOOD = (workload(spec={"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, volume in enumerate(pod.at("volumes").items):
            path = volume.at("hostPath", "path").text
            if volume.at("hostPath", "type").text in ("BlockDevice", "CharDevice"):
                yield told(
                    pod,
                    f"is given the device {path}"[:200],
                    "volumes",
                    number,
                    "hostPath",
                    key=path,
                )
