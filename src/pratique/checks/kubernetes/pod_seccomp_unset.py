"""Find containers without a filter of system calls."""

from collections.abc import Iterator

from pratique.checks.kubernetes.interface import FixClass, ManifestFault, Scene, told, workload
from pratique.checks.kubernetes.pod_seccomp_unconfined import PATH
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "pod-seccomp-unset"
TITLE = "no filter of system calls is asked for"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.HIGH
ALIASES = (
    "KSV-0030",
    "CKV_K8S_31",
    "C-0210",
)
REFERENCES: tuple[str, ...] = (
    "PSS restricted",
    "CIS-K8s-5.6.2",
    "NSA/CISA",
)
CONTROLS = ("seccompprofile_restricted",)
RULES = {
    NAME: (
        "Unless the kubelet is told otherwise (seccompDefault), a container runs without "
        "seccomp and may ask everything of the kernel. RuntimeDefault refuses some forty "
        "system calls that programs do not use and exploits do. Set it for the pod."
    )
}
BAD = (workload(),)
GOOD = (
    workload(spec={"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}),
    workload(
        {"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a"}}}
    ),
    workload(spec={"os": {"name": "windows"}}),
)
FIXED = (
    (
        "kind: Pod\napiVersion: v1\nspec:\n  securityContext:\n  # run it\n  containers:\n  - image: b\n",
        "kind: Pod\napiVersion: v1\nspec:\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n  # run it\n  containers:\n  - image: b\n",
    ),
)


def look(scene: Scene) -> Iterator[ManifestFault]:
    """Yield each place where it stands."""
    for pod in scene.pods:
        if pod.at(*PATH).line or pod.windows:
            continue
        bare = [one for one in pod.containers if not one.at(*PATH).line]
        free = any(one.at("securityContext", "privileged").truth for one in bare)
        if bare:
            edits = scene.set(pod, "RuntimeDefault", *PATH)
            note = f"no seccomp profile for {', '.join(one.name for one in bare)}"[:200]
            fix = FixClass.VERIFIED if free else FixClass.SAFE
            yield told(pod, note, *PATH, edits=edits, fix=fix, remedy="use RuntimeDefault")
