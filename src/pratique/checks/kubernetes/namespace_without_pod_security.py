"""Find namespaces in which every pod is let in."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "namespace-without-pod-security"
TITLE = "a namespace lets every pod in"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("C-0192",)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.2.1",
    "NSA/CISA",
)
PEDANTIC = True
RULES = {
    NAME: (
        "Without the label pod-security.kubernetes.io/enforce a namespace takes privileged "
        "pods too, unless the API server has another default or a policy engine stands in "
        "front. Start with baseline; warn and audit at restricted show what would have to "
        "change."
    )
}
LABEL = "pod-security.kubernetes.io/enforce"
BAD = ("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n",)
GOOD = (
    "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    pod-security.kubernetes.io/enforce: baseline\n",
    "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: kube-system\n",
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of("Namespace"):
        if LABEL not in one.labels and not one.name.startswith("kube-"):
            yield told(one, f"has no label {LABEL}", "metadata", "labels")
