"""Find roles that allow every verb."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import ROLES, rules
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wildcard-role-verb"
TITLE = "a role allows every verb"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0045",
    "wildcard-in-rules",
    "KSV-0044",
    "CKV_K8S_49",
    "C-0187",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.3",
    "NSA/CISA",
)
RULES = {
    NAME: (
        "The verb * means reading, deleting, impersonating, escalating, and what later "
        "versions add. Name the verbs that are used."
    )
}
BAD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}],
    ),
)
GOOD = (
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
            if "*" in {one.text for one in rule.at("verbs").items}:
                yield told(role, "allows every verb", "rules", number, "verbs", key=str(number))
