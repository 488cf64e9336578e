"""Find bindings to the role that may do everything."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import BINDINGS
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "cluster-admin-binding"
TITLE = "somebody may do everything in the cluster"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0111",
    "cluster-admin-role-binding",
    "C-0035",
    "C-0185",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.1",
    "NSA/CISA",
    "MITRE T1078",
)
RULES = {
    NAME: (
        "cluster-admin may read every secret and run anything on every node. A workload with "
        "it turns each flaw of its own into the loss of the cluster. Give a role with the "
        "verbs and resources that are used."
    )
}
BAD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "ClusterRole", "name": "cluster-admin"},
        subjects=[{"kind": "User", "name": "a"}],
    ),
)
GOOD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "ClusterRole", "name": "view"},
        subjects=[{"kind": "User", "name": "a"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of(*BINDINGS):
        if one.at("roleRef", "name").text == "cluster-admin":
            yield told(one, "binds cluster-admin", "roleRef", "name")
