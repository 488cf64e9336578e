"""Find folders of the node that a container may write."""

from collections.abc import Iterator

from pratique.checks.kubernetes._host_paths import host_paths, is_sensitive
from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "writable-host-path"
TITLE = "a container may write to a folder of the node"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "C-0045",
    "writable-host-mount",
)
REFERENCES: tuple[str, ...] = (
    "PSS baseline",
    "CIS-K8s-5.2.11",
    "MITRE T1611",
)
RULES = {
    NAME: (
        "A folder of the node is mounted without readOnly: true. Who controls the container "
        "changes files that the node or another pod reads. Mount it read-only, or use a "
        "volume that belongs to the pod."
    )
}
BAD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a"}]},
        {"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]},
    ),
)
GOOD = (
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a", "readOnly": True}]},
        {"volumes": [{"name": "a", "hostPath": {"path": "/data"}}]},
    ),
    workload(
        {"volumeMounts": [{"name": "a", "mountPath": "/a"}]},
        {"volumes": [{"name": "a", "emptyDir": {}}]},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        paths = {name: path for _, name, path in host_paths(one.pod)}
        for number, mount in enumerate(one.at("volumeMounts").items):
            name = mount.at("name").text
            if name in paths and mount.at("readOnly").truth is not True:
                severity = None if is_sensitive(paths[name]) else Severity.MEDIUM
                yield told(
                    one,
                    f"may write {paths[name]} of the node"[:200],
                    "volumeMounts",
                    number,
                    key=name,
                    severity=severity,
                )
