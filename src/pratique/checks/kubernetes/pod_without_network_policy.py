"""Find pods that no network policy holds."""

from collections.abc import Iterator

from pratique.checks.kubernetes._selecting import held_by_policies
from pratique.checks.kubernetes.interface import ManifestFault, Scene, manifest, told, workload
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-without-network-policy"
TITLE = "no network policy holds a pod"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES: tuple[str, ...] = (
    "non-isolated-pod",
    "CKV2_K8S_6",
    "C-0260",
)
REFERENCES: tuple[str, ...] = (
    "CIS-K8s-5.3.2",
    "NSA/CISA Network separation",
)
ACROSS = True
PEDANTIC = True
RULES = {
    NAME: (
        "Without a policy that selects it a pod may be reached by, and may reach, every other "
        "pod of the cluster. Policies are looked for among all manifests that are looked at "
        "together; those that stand elsewhere are not known."
    )
}
BAD = (
    workload(),
    (
        workload(),
        manifest(
            "NetworkPolicy",
            "networking.k8s.io/v1",
            spec={"podSelector": {"matchLabels": {"app": "db"}}},
        ),
    ),
)
GOOD = (
    (workload(), manifest("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}})),
    workload(spec={"hostNetwork": True}),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    held = held_by_policies(scene)
    for pod in scene.pods:
        if not pod.at("hostNetwork").truth and (pod.file, pod.place) not in held:
            yield told(pod, "no network policy selects it")
