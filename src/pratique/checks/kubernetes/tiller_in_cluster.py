"""Find the server of Helm 2."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "tiller-in-cluster"
TITLE = "the server of Helm 2 runs in the cluster"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV_K8S_34",
    "KSV-0102",
    "CKV_K8S_44",
    "CKV_K8S_45",
)
REFERENCES: tuple[str, ...] = ()
RULES = {
    NAME: (
        "Tiller does what anybody asks who reaches its port, usually as cluster-admin, and "
        "has been without maintenance since 2020. Use Helm 3, which needs no server."
    )
}
BAD = (workload({"image": "ghcr.io/helm/tiller:v2.16.1"}),)
GOOD = (workload({"image": "example/tiller-docs:1"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if re.search(r"(?:^|/)tiller(?:[:@]|$)", one.image):
            yield told(one, f"its image is {one.image}"[:200], "image")
