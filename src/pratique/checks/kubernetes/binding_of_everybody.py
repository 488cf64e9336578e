"""Find roles given to everybody who has an account."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import bound_to
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "binding-of-everybody"
TITLE = "a role is given to everybody with an account"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "KSV-01011",
    "C-0265",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.7",)
RULES = {
    NAME: (
        "system:authenticated is every user and every service account, on some clouds "
        "everybody with any account there; system:serviceaccounts is every pod. Bind groups "
        "or accounts that are meant. The roles that Kubernetes binds so by itself are left "
        "alone."
    )
}
OWN = frozenset(
    {
        "system:basic-user",
        "system:discovery",
        "system:public-info-viewer",
        "system:service-account-issuer-discovery",
    }
)
BAD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "edit", "kind": "ClusterRole"},
        subjects=[{"kind": "Group", "name": "system:authenticated"}],
    ),
)
GOOD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "system:basic-user", "kind": "ClusterRole"},
        subjects=[{"kind": "Group", "name": "system:authenticated"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one, number, subject in bound_to(
        scene, frozenset({"system:authenticated", "system:serviceaccounts"})
    ):
        if one.at("roleRef", "name").text not in OWN:
            yield told(one, f"binds {subject}", "subjects", number, key=str(subject))
