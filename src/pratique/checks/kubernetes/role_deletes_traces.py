"""Find roles that may delete what would tell of them."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-deletes-traces"
TITLE = "a role may delete events"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0042",
    "C-0031",
)
REFERENCES: tuple[str, ...] = ("MITRE T1070",)
RULES = {
    NAME: (
        "Events are what shows afterwards that a pod was started or killed. They expire by "
        "themselves; nobody needs to delete them but to hide something."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["events"], "verbs": ["delete"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["events"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["events"], "verbs": ["create"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        (
            "delete",
            "deletecollection",
        ),
        (
            "events",
            "pods/log",
        ),
        "may delete events",
    )
