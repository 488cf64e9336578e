"""Find roles that may approve certificates."""

from collections.abc import Iterable

from pratique.checks.kubernetes._rbac import roles_that
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-approves-certificates"
TITLE = "a role may approve certificates"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV_K8S_156",
    "C-0280",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.11",)
RULES = {
    NAME: (
        "Who approves a signing request hands out identities: a certificate for "
        "system:masters or for a node. Leave it to the controllers and to few people."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {
                "apiGroups": ["*"],
                "resources": ["certificatesigningrequests/approval"],
                "verbs": ["update"],
            }
        ],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {
                "apiGroups": ["*"],
                "resources": ["certificatesigningrequests/approval"],
                "verbs": ["*"],
            }
        ],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {"apiGroups": ["*"], "resources": ["certificatesigningrequests"], "verbs": ["create"]}
        ],
    ),
)


def look(scene: Scene) -> Iterable[ManifestFault]:
    """Return each rule that allows it."""
    return roles_that(
        scene,
        (
            "update",
            "patch",
            "approve",
        ),
        (
            "certificatesigningrequests/approval",
            "signers",
        ),
        "may approve certificates",
    )
