"""Find roles that reach every resource."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import ROLES, rules
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wildcard-role-resource"
TITLE = "a role reaches every resource"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0046",
    "wildcard-in-rules",
    "CKV_K8S_49",
    "C-0187",
    "KSV-0044",
    "KSV-0112",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.3",
    "NSA/CISA",
)
RULES = {
    NAME: (
        "The resource * is every kind of object, secrets and bindings among them, and what is "
        "installed later. With the verb * as well it is cluster-admin by another name. Name "
        "the resources that are used."
    )
}
BAD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
    ),
)
GOOD = (
    manifest(
        "ClusterRole",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for role in scene.of(*ROLES):
        for number, rule in rules(role):
            if "*" in {one.text for one in rule.at("resources").items}:
                verbs = {one.text for one in rule.at("verbs").items}
                severity = (
                    Severity.CRITICAL if "*" in verbs and role.kind == "ClusterRole" else None
                )
                yield told(
                    role,
                    "reaches every resource",
                    "rules",
                    number,
                    "resources",
                    key=str(number),
                    severity=severity,
                )
