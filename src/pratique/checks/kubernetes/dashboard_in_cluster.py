"""Find the Kubernetes dashboard."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dashboard-in-cluster"
TITLE = "the Kubernetes dashboard runs in the cluster"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "CKV_K8S_33",
    "C-0014",
)
REFERENCES: tuple[str, ...] = (
    "NSA/CISA",
    "MITRE T1610",
)
RULES = {
    NAME: (
        "A web page that acts with an account of the cluster has been the way in of well- "
        "known attacks. If it must run, keep it behind authentication, without an Ingress, "
        "with few rights."
    )
}
BAD = (workload({"image": "kubernetesui/dashboard:v2.7.0"}),)
GOOD = (workload({"image": "grafana/grafana:11.0"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if re.search(
            r"(?:^|/)(?:kubernetesui/dashboard|kubernetes-dashboard[\w-]*)(?:[:@]|$)", one.image
        ):
            yield told(one, f"its image is {one.image}"[:200], "image")
