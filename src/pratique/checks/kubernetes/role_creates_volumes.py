"""Find roles that may make persistent volumes."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-creates-volumes"
TITLE = "a role may make persistent volumes"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = ("C-0278",)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.9",)
RULES = {
    NAME: (
        "A persistent volume may be a folder of the node (hostPath), which no Pod Security "
        "Standard sees behind a claim. Let the storage driver make volumes; people need "
        "claims only."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["persistentvolumes"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["persistentvolumes"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["persistentvolumeclaims"], "verbs": ["create"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(scene, ("create",), ("persistentvolumes",), "may make persistent volumes")
