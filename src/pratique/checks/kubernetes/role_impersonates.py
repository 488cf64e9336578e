"""Find roles that may act as somebody else."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-impersonates"
TITLE = "a role may act as somebody else"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0043",
    "C-0065",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.8",)
RULES = {
    NAME: (
        "Impersonation is to be another user or group, system:masters too, for each request. "
        "Name whom (resourceNames), or use it for few people only."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["users"], "verbs": ["impersonate"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["users"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["users"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        ("impersonate",),
        (
            "users",
            "groups",
            "serviceaccounts",
            "userextras",
            "uids",
        ),
        "may impersonate",
    )
