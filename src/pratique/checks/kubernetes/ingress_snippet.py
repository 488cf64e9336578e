"""Find Ingresses that put text into the configuration of nginx."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ingress-snippet"
TITLE = "an ingress puts text into the configuration of nginx"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV_K8S_153",
    "CKV_K8S_152",
    "CKV_K8S_154",
    "C-0059",
)
REFERENCES: tuple[str, ...] = (
    "CVE-2021-25742",
    "CVE-2023-5044",
)
RULES = {
    NAME: (
        "A snippet is configuration of the controller, and may hold Lua: whoever writes an "
        "Ingress of one namespace reads the secrets of all (CVE-2021-25742). Use the "
        "annotation that does what is meant, and forbid snippets (allow-snippet-annotations: "
        "false)."
    )
}
BAD = (
    manifest(
        "Ingress",
        "networking.k8s.io/v1",
        metadata={
            "annotations": {"nginx.ingress.kubernetes.io/configuration-snippet": "return 200;"}
        },
    ),
)
GOOD = (
    manifest(
        "Ingress",
        "networking.k8s.io/v1",
        metadata={"annotations": {"nginx.ingress.kubernetes.io/ssl-redirect": "true"}},
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Ingress"):
        for name in one.annotations:
            if name.startswith("nginx.ingress.kubernetes.io/") and name.endswith("-snippet"):
                yield told(one, f"sets {name}"[:200], "metadata", "annotations", name, key=name)
