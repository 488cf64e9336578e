"""Find roles that may give away more than they have."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-widens-roles"
TITLE = "a role may give away more rights than it has"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0050",
    "CKV_K8S_157",
    "CKV_K8S_158",
    "C-0191",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.8",)
RULES = {
    NAME: (
        "Kubernetes lets nobody grant what they do not have, but for the verbs bind and "
        "escalate, which are made to pass that rule. Whoever has them has everything."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["roles"], "verbs": ["bind"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["roles"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["roles"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        (
            "bind",
            "escalate",
        ),
        (
            "roles",
            "clusterroles",
        ),
        "may bind or widen roles",
    )
