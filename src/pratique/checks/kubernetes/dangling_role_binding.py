"""Find bindings to roles that are not among the manifests."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import BINDINGS, role_of
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "dangling-role-binding"
TITLE = "a binding names a role that is not there"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.LOW
ALIASES: tuple[str, ...] = ()
REFERENCES: tuple[str, ...] = ()
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "A binding to a missing role grants nothing, until somebody makes a role of that name "
        "and so gives it away unknowingly. ClusterRoles that Kubernetes brings are known; "
        "others may stand elsewhere."
    )
}
BUILT_IN = frozenset({"cluster-admin", "admin", "edit", "view"})
BAD = (
    manifest(
        "RoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "Role", "name": "a"},
        subjects=[],
    ),
)
GOOD = (
    manifest(
        "RoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "ClusterRole", "name": "view"},
        subjects=[],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of(*BINDINGS):
        name = one.at("roleRef", "name").text
        known = name in BUILT_IN or name.startswith("system:")
        if name and not known and role_of(scene, one) is None:
            yield told(one, f"names the role {name}, which is not here"[:200], "roleRef", "name")
