"""Find objects placed in the namespace default."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "default-namespace"
TITLE = "an object is placed in the namespace default"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = (
    "CKV_K8S_21",
    "KSV-0110",
    "C-0061",
    "use-namespace",
    "C-0212",
)
REFERENCES: tuple[str, ...] = ("CIS-K8s-5.6.4",)
PEDANTIC = True
RULES = {
    NAME: (
        "Roles, quotas, network policies and Pod Security are given by namespace; in default "
        "they meet everything that named none. An object that names none may still be applied "
        "elsewhere, so this is told on request."
    )
}
NAMESPACED = (
    "ConfigMap", "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job",
    "NetworkPolicy", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "ReplicaSet",
    "ReplicationController", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
)  # fmt: skip
BAD = (
    workload(top={"metadata": {"namespace": "default"}}),
    workload(top={"metadata": {"namespace": None}}),
)
GOOD = (
    workload(),
    manifest("ClusterRole", metadata={"namespace": None}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for one in scene.of(*NAMESPACED):
        if one.namespace in ("", "default"):
            yield told(one, "is placed in the namespace default", "metadata", "namespace")
