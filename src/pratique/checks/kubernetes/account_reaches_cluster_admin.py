"""Find service accounts that become master of the cluster in a few steps."""

from collections.abc import Iterator

from pratique.checks.kubernetes._escalation import ways_to_master
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "account-reaches-cluster-admin"
TITLE = "a service account can become master of the cluster"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "C-0272",
    "C-0267",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.1.1",
    "MITRE T1078.004",
)
ACROSS = True
RULES = {
    NAME: (
        "The account has no such role itself, but its rights lead there: by starting a pod as "
        "another account, reading its token, impersonating, or changing bindings. The steps "
        "are told, each with the role that allows it; take away the one that is needed least. "
        "Who may act in every namespace reaches every account of the cluster, those not "
        "looked at here too."
    )
}
BAD = (
    (
        manifest(
            "RoleBinding",
            "rbac.authorization.k8s.io/v1",
            roleRef={"kind": "Role", "name": "ci"},
            subjects=[{"kind": "ServiceAccount", "name": "ci"}],
        ),
        manifest(
            "Role",
            "rbac.authorization.k8s.io/v1",
            "ci",
            rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]}],
        ),
        manifest(
            "ClusterRoleBinding",
            "rbac.authorization.k8s.io/v1",
            "op",
            roleRef={"kind": "ClusterRole", "name": "cluster-admin"},
            subjects=[{"kind": "ServiceAccount", "name": "operator", "namespace": "shop"}],
        ),
    ),
)
GOOD = (
    (
        manifest(
            "RoleBinding",
            "rbac.authorization.k8s.io/v1",
            roleRef={"kind": "Role", "name": "ci"},
            subjects=[{"kind": "ServiceAccount", "name": "ci"}],
        ),
        manifest(
            "Role",
            "rbac.authorization.k8s.io/v1",
            "ci",
            rules=[{"apiGroups": [""], "resources": ["pods"], "verbs": ["create"]}],
        ),
        manifest(
            "ClusterRoleBinding",
            "rbac.authorization.k8s.io/v1",
            "op",
            roleRef={"kind": "ClusterRole", "name": "cluster-admin"},
            subjects=[{"kind": "ServiceAccount", "name": "operator", "namespace": "elsewhere"}],
        ),
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one, number, subject, way in ways_to_master(scene):
        if len(way) == 1 and "cluster-admin" in way[0].how:
            continue  # that is told as cluster-admin-binding
        steps = ", then as ".join(
            f"{to} {step.how}"
            for to, step in zip((subject, *(w.to for w in way)), way, strict=False)
        )
        yield told(one, f"{steps}"[:400], "subjects", number, key=str(subject))
