"""Find volumes of a kind that the restricted standard leaves out."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "restricted-pod-volume"
TITLE = "a volume speaks to storage past the cluster's own claims"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0028",)
REFERENCES: tuple[str, ...] = ("PSS restricted",)
CONTROLS = ("restrictedvolumes",)
RULES = {
    NAME: (
        "Volumes such as nfs, iscsi or flexVolume name a server or driver in the pod itself, "
        "so whoever writes pods chooses what the node mounts. The restricted Pod Security "
        "Standard allows configMap, csi, downwardAPI, emptyDir, ephemeral, image, "
        "persistentVolumeClaim, projected and secret. Put the server into a persistent volume "
        "that the cluster's owner makes."
    )
}
ALLOWED = frozenset({
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
    "projected", "secret",
})  # fmt: skip
TOLD_ELSEWHERE = frozenset({"name", "hostPath"})
BAD = (workload(spec={"volumes": [{"name": "a", "nfs": {"server": "b", "path": "/"}}]}),)
GOOD = (
    workload(
        spec={
            "volumes": [{"name": "a", "emptyDir": {}}, {"name": "b", "secret": {"secretName": "c"}}]
        }
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        for number, volume in enumerate(pod.at("volumes").items):
            for kind in volume.fields:
                if kind not in ALLOWED | TOLD_ELSEWHERE:
                    name = volume.at("name").text
                    yield told(
                        pod,
                        f"volume {name} is of the kind {kind}"[:200],
                        "volumes",
                        number,
                        kind,
                        key=name,
                    )
