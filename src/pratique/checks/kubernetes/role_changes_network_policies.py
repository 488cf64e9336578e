"""Find roles that may change network policies."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-changes-network-policies"
TITLE = "a role may change network policies"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("KSV-0056",)
REFERENCES: tuple[str, ...] = ("MITRE T1562",)
RULES = {
    NAME: (
        "Whoever changes network policies opens the way to and from every pod they hold. "
        "Leave it to who keeps the network, not to the workload."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["networkpolicies"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["networkpolicies"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["networkpolicies"], "verbs": ["get"]}],
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
        ("networkpolicies",),
        "may change network policies",
    )
