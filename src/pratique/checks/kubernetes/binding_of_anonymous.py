"""Find roles given to whoever does not log in."""

from collections.abc import Iterator

from pratique.checks.kubernetes._rbac import bound_to
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "binding-of-anonymous"
TITLE = "a role is given to whoever does not log in"
SEVERITY = Severity.CRITICAL
CONFIDENCE = Confidence.HIGH
ALIASES: tuple[str, ...] = (
    "KSV-0122",
    "C-0262",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.7",
    "MITRE T1078",
)
RULES = {
    NAME: (
        "system:anonymous and system:unauthenticated are everybody who reaches the API "
        "server. Only the role system:public-info-viewer may be theirs, which Kubernetes "
        "binds by itself."
    )
}
BAD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "a", "kind": "ClusterRole"},
        subjects=[{"kind": "User", "name": "system:anonymous"}],
    ),
)
GOOD = (
    manifest(
        "ClusterRoleBinding",
        "rbac.authorization.k8s.io/v1",
        roleRef={"name": "system:public-info-viewer", "kind": "ClusterRole"},
        subjects=[{"kind": "Group", "name": "system:unauthenticated"}],
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one, number, subject in bound_to(
        scene, frozenset({"system:anonymous", "system:unauthenticated"})
    ):
        if one.at("roleRef", "name").text != "system:public-info-viewer":
            yield told(one, f"binds {subject}", "subjects", number, key=str(subject))
