"""Find roles given to the account that every pod has by default."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import BINDINGS, subjects
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-account-bound"
TITLE = "every pod of a namespace gets a role by default"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = ("CKV_K8S_42",)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.1.5",)
RULES = {
    NAME: (
        "The account default belongs to every pod that names no other, so the role is given "
        "to all of them, those that come later too. Make an account for the workload that "
        "needs it."
    )
}
BAD = (
    manifest(
        "RoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "Role", "name": "a"},
        subjects=[{"kind": "ServiceAccount", "name": "default"}],
    ),
)
GOOD = (
    manifest(
        "RoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"kind": "Role", "name": "a"},
        subjects=[{"kind": "ServiceAccount", "name": "web"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of(*BINDINGS):
        for number, subject in subjects(one):
            if (subject.kind, subject.name) == ("ServiceAccount", "default"):
                yield told(one, f"gives a role to {subject}", "subjects", number, key=str(subject))
