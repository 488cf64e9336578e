"""Find roles that may start pods."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import WORKLOADS, roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-starts-pods"
TITLE = "a role may start pods"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0048",
    "access-to-create-pods",
    "C-0188",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.4",
    "NSA/CISA",
)
RULES = {
    NAME: (
        "Who starts a pod chooses its service account, its mounts and, where nothing forbids "
        "it, its privileges: it becomes every account of the namespace. Keep it to what "
        "deploys, and hold what is deployed by Pod Security or admission policies."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["pods"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["pods"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["pods"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(scene, ("create",), WORKLOADS, "may start pods")
