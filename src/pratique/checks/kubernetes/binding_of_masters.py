"""Find bindings of the group that no authorisation holds."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import bound_to
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "binding-of-masters"
TITLE = "a role is bound to the group system:masters"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("KSV-0123",)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.7",)
RULES = {
    NAME: (
        "The API server asks nobody about system:masters: it may do everything, and no "
        "binding can take that away. A binding that names it shows that its certificates are "
        "used for daily work. Use a group of your own."
    )
}
BAD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "a", "kind": "ClusterRole"},
        subjects=[{"kind": "Group", "name": "system:masters"}],
    ),
)
GOOD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "a", "kind": "ClusterRole"},
        subjects=[{"kind": "Group", "name": "team"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one, number, subject in bound_to(scene, frozenset({"system:masters"})):
        yield told(one, f"binds {subject}", "subjects", number, key=str(subject))
