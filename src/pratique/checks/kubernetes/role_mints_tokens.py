"""Find roles that may mint tokens of service accounts."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-mints-tokens"
TITLE = "a role may mint tokens"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("C-0282",)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.13",)
RULES = {
    NAME: (
        "Who creates serviceaccounts/token becomes any account of the namespace without "
        "starting a pod. Name the accounts (resourceNames), or leave it to the kubelet."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["serviceaccounts/token"], "verbs": ["create"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["serviceaccounts/token"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["serviceaccounts"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene, ("create",), ("serviceaccounts/token",), "may mint tokens of service accounts"
    )
