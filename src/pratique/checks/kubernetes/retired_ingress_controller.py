"""Find the controller ingress-nginx, which is maintained no longer."""

import re
from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "retired-ingress-controller"
TITLE = "the controller ingress-nginx is maintained no longer"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("C-0292",)
REFERENCES: tuple[str, ...] = ("CVE-2025-1974",)
RULES = {
    NAME: (
        "Kubernetes retired ingress-nginx in March 2026: no release, no fix. Its admission "
        "webhook was a way to every secret of the cluster (CVE-2025-1974). Move to a Gateway "
        "API implementation or another controller."
    )
}
BAD = (workload({"image": "registry.k8s.io/ingress-nginx/controller:v1.12.0"}),)
GOOD = (workload({"image": "nginx/nginx-ingress:5.0"}),)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.containers:
        if re.search(
            r"(?:^|/)(?:ingress-nginx/controller|nginx-ingress-controller)(?:[:@]|$)", one.image
        ):
            yield told(one, f"its image is {one.image}"[:200], "image")
