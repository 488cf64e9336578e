"""
List the API versions that Kubernetes serves no longer, and what took their place.

Source: Kubernetes documentation, "Deprecated API Migration Guide".
"""

_APPS = ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")

REMOVED: dict[tuple[str, str], tuple[tuple[int, int], str]] = {
    **{("extensions/v1beta1", kind): ((1, 16), "apps/v1") for kind in _APPS},
    **{("apps/v1beta1", kind): ((1, 16), "apps/v1") for kind in _APPS},
    **{("apps/v1beta2", kind): ((1, 16), "apps/v1") for kind in _APPS},
    ("extensions/v1beta1", "NetworkPolicy"): ((1, 16), "networking.k8s.io/v1"),
    ("extensions/v1beta1", "Ingress"): ((1, 22), "networking.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", "Ingress"): ((1, 22), "networking.k8s.io/v1"),
    ("networking.k8s.io/v1beta1", "IngressClass"): ((1, 22), "networking.k8s.io/v1"),
    **{
        ("rbac.authorization.k8s.io/v1beta1", kind): ((1, 22), "rbac.authorization.k8s.io/v1")
        for kind in ("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
    },
    **{
        ("admissionregistration.k8s.io/v1beta1", kind): ((1, 22), "admissionregistration.k8s.io/v1")
        for kind in ("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
    },
    ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"): (
        (1, 22),
        "apiextensions.k8s.io/v1",
    ),
    ("apiregistration.k8s.io/v1beta1", "APIService"): ((1, 22), "apiregistration.k8s.io/v1"),
    ("scheduling.k8s.io/v1beta1", "PriorityClass"): ((1, 22), "scheduling.k8s.io/v1"),
    ("storage.k8s.io/v1beta1", "StorageClass"): ((1, 22), "storage.k8s.io/v1"),
    ("batch/v1beta1", "CronJob"): ((1, 25), "batch/v1"),
    ("policy/v1beta1", "PodDisruptionBudget"): ((1, 25), "policy/v1"),
    ("policy/v1beta1", "PodSecurityPolicy"): ((1, 25), "Pod Security admission"),
    ("autoscaling/v2beta1", "HorizontalPodAutoscaler"): ((1, 25), "autoscaling/v2"),
    ("autoscaling/v2beta2", "HorizontalPodAutoscaler"): ((1, 26), "autoscaling/v2"),
    ("discovery.k8s.io/v1beta1", "EndpointSlice"): ((1, 25), "discovery.k8s.io/v1"),
    ("node.k8s.io/v1beta1", "RuntimeClass"): ((1, 25), "node.k8s.io/v1"),
}
"""The version of Kubernetes that removed it, and what to write instead."""
SAME_FIELDS = frozenset(
    key
    for key in REMOVED
    if key[0].startswith("rbac.")
    or key
    in {
        ("batch/v1beta1", "CronJob"),
        ("scheduling.k8s.io/v1beta1", "PriorityClass"),
        ("storage.k8s.io/v1beta1", "StorageClass"),
        ("apiregistration.k8s.io/v1beta1", "APIService"),
        ("networking.k8s.io/v1beta1", "IngressClass"),
    }
)
"""Those whose fields and defaults are the same in what took their place."""
