"""Find roles that reach every API group."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import ROLES, rules
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "wildcard-role-group"
TITLE = "a role reaches every API group"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "CKV_K8S_49",
    "wildcard-in-rules",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.3",)
PEDANTIC = True
RULES = {
    NAME: (
        "The API group * matches resources of the same name in groups that are installed "
        "later. Name the groups that are meant; the core group is the empty text."
    )
}
BAD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["*"], "resources": ["jobs"], "verbs": ["get"]}],
    ),
)
GOOD = (
    manifest(
        "Role",
        "rbac.authorization.k8s.io/v1",
        rules=[{"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["get"]}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for role in scene.of(*ROLES):
        for number, rule in rules(role):
            if "*" in {one.text for one in rule.at("apiGroups").items}:
                yield told(
                    role, "reaches every API group", "rules", number, "apiGroups", key=str(number)
                )
