"""Find roles that may change every config map."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-changes-config-maps"
TITLE = "a role may change every config map"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0049",)
REFERENCES: tuple[str, ...] = ("MITRE T1565",)
PEDANTIC = True
RULES = {
    NAME: (
        "Config maps hold what programs run by: scripts, proxies' rules, and on EKS who may "
        "log in (aws-auth). Name those that are meant (resourceNames)."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["configmaps"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["configmaps"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["configmaps"], "verbs": ["get"]}],
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
            "delete",
        ),
        ("configmaps",),
        "may change config maps",
    )
