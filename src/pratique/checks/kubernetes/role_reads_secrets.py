"""Find roles that may read secrets."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import ROLES, allows, rules
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "role-reads-secrets"
TITLE = "a role may read secrets"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0041",
    "KSV-0113",
    "access-to-secrets",
    "C-0015",
    "C-0186",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.2",
    "NSA/CISA",
    "MITRE T1552.007",
)
RULES = {
    NAME: (
        "Secrets hold the keys to everything else, tokens of service accounts among them: "
        "list and watch show the values too. Name the secrets that are needed (resourceNames "
        "with get), or mount them into the pod that needs them. A ClusterRole is graded "
        "higher: it may reach all namespaces."
    )
}
BAD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": [""], "resources": ["secrets"], "verbs": ["list"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[
            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"], "resourceNames": ["a"]}
        ],
    ),
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for role in scene.of(*ROLES):
        for number, rule in rules(role):
            if (
                allows(rule, ("get", "list", "watch"), ("secrets",))
                and not rule.at("resourceNames").items
            ):
                severity = Severity.HIGH if role.kind == "ClusterRole" else None
                yield told(
                    role, "may read secrets", "rules", number, key=str(number), severity=severity
                )
