"""Find mounts of a part of a folder of the node, which links may lead astray."""

from collections.abc import Iterator

from pratique.checks.kubernetes._host_paths import host_paths
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "sub-path-of-host-path"
TITLE = "a part of a folder of the node is mounted"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("C-0058",)
REFERENCES: tuple[str, ...] = (
    "CVE-2021-25741",
    "MITRE T1611",
)
RULES = {
    NAME: (
        "With subPath on a hostPath another pod may put a link in the way and have a file of "
        "the node mounted from elsewhere (CVE-2021-25741 and its kin, mended in Kubernetes "
        "1.19.15, 1.20.11, 1.21.5 and 1.22.2). Name the full path in the volume instead."
    )
}
BAD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a", "subPath": "b"}]},
        {"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]},
    ),
)
GOOD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a", "subPath": "b"}]},
        {"volumes": [{"name": "a", "emptyDir": {}}]},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        names = {name for _, name, _ in host_paths(one.pod)}
        for number, mount in enumerate(one.at("volumeMounts").items):
            name = mount.at("name").text
            if name in names and (mount.at("subPath") or mount.at("subPathExpr")):
                yield told(
                    one,
                    f"mounts a part of the host path {name}"[:200],
                    "volumeMounts",
                    number,
                    "subPath",
                    key=name,
                )
