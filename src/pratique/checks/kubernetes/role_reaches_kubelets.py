"""Find roles that may speak to every kubelet."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-reaches-kubelets"
TITLE = "a role may speak to every kubelet"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0047",
    "C-0279",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.10",)
RULES = {
    NAME: (
        "nodes/proxy reaches the kubelet's own API, which runs commands in every pod of the "
        "node and which neither audit nor admission sees; get is enough. Use nodes/metrics "
        "and nodes/stats for monitoring."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["nodes/proxy"], "verbs": ["get"]}],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["nodes/proxy"], "verbs": ["*"]}],
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
            "get",
            "create",
            "update",
            "patch",
        ),
        ("nodes/proxy",),
        "may use nodes/proxy",
    )
