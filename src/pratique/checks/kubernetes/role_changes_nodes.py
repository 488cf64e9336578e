"""Find roles that may change nodes."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-changes-nodes"
TITLE = "a role may change nodes"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ("MITRE T1098",)
RULES = {
    NAME: (
        "Labels and taints of a node decide which pods run on it: who changes them draws "
        "workloads onto a node of theirs, or drives them off. It belongs to the cluster's own "
        "controllers."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["nodes"], "verbs": ["update"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["nodes"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["nodes"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        (
            "update",
            "patch",
            "delete",
        ),
        (
            "nodes",
            "nodes/status",
        ),
        "may change nodes",
    )
