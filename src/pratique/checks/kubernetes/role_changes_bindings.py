"""Find roles that may change who has which role."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-changes-bindings"
TITLE = "a role may change who has which role"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0051",
    "KSV-0052",
    "KSV-0055",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.8",)
RULES = {
    NAME: (
        "Whoever changes bindings spreads their own rights to others, and with bind on one "
        "role, that role. Leave it to the pipeline that deploys roles."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["rolebindings"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["rolebindings"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["rolebindings"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        (
            "create",
            "update",
            "patch",
        ),
        (
            "rolebindings",
            "clusterrolebindings",
        ),
        "may change bindings",
    )
