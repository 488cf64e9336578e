"""Find roles that may change admission webhooks."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-changes-webhooks"
TITLE = "a role may change admission webhooks"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0114",
    "CKV_K8S_155",
    "C-0281",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.12",)
RULES = {
    NAME: (
        "An admission webhook reads every object that is written, secrets too, and may change "
        "it; deleting one switches its policy off. Only who runs the cluster needs it."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {
                "apiGroups": ["*"],
                "resources": ["validatingwebhookconfigurations"],
                "verbs": ["create"],
            }
        ],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {"apiGroups": ["*"], "resources": ["validatingwebhookconfigurations"], "verbs": ["*"]}
        ],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {"apiGroups": ["*"], "resources": ["validatingwebhookconfigurations"], "verbs": ["get"]}
        ],
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
        (
            "validatingwebhookconfigurations",
            "mutatingwebhookconfigurations",
        ),
        "may change admission webhooks",
    )
