"""Find roles that may run commands in pods."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-executes-in-pods"
TITLE = "a role may run commands in pods"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0053",
    "C-0002",
    "C-0063",
    "KSV-0054",
)
REFERENCES: tuple[str, ...] = ("MITRE T1609",)
RULES = {
    NAME: (
        "exec, attach, port-forward and ephemeral containers act inside a running workload "
        "with its identity and its secrets, past everything that was reviewed. Give it to few "
        "people, for a time."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["pods/exec"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["pods/exec"], "verbs": ["*"]}],
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
    return roles_that(
        scene,
        (
            "create",
            "get",
        ),
        (
            "pods/exec",
            "pods/attach",
            "pods/portforward",
            "pods/ephemeralcontainers",
        ),
        "may run commands in pods",
    )
